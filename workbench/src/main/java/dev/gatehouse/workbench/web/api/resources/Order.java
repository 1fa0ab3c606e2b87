package dev.gatehouse.workbench.web.api.resources;

/**
 * One column to sort by.
 *
 * @param attribute its name; {@code id} for the key
 * @param isDescending greatest first
 */
record Order(String attribute, boolean isDescending) {

    /** As clients write it: {@code created_at} or {@code -created_at}. */
    static Order of(String text) {
        return text.startsWith("-") ? new Order(text.substring(1), true) : new Order(text, false);
    }
}
