package dev.gatehouse.workbench.web.frame;

/**
 * What part of a list of names somebody wants to see.
 *
 * @param text part of a name, in any case; empty for all
 * @param page counted from one
 */
public record NameFilter(String text, int page) {

    /** How many rows a page has. */
    public static final int ROWS = 50;

    /** What an address asks for: {@code q} and {@code page}. */
    public static NameFilter from(QueryParameters parameters) {
        return new NameFilter(parameters.text("q"), parameters.page());
    }

    /** How many rows come before the page. */
    public int offset() {
        return (page - 1) * ROWS;
    }

    /**
     * The address of this filter, on its first page.
     *
     * @param path of the list
     */
    public Address address(String path) {
        return Address.of(path).with("q", text);
    }
}
