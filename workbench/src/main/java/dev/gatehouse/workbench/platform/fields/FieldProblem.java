package dev.gatehouse.workbench.platform.fields;

/**
 * Something about one field of what somebody typed.
 *
 * @param field its name in the API, e.g. {@code directory_id}
 * @param message what is wrong and what to do, for the person who typed it
 * @param weight whether it keeps the device from being saved
 */
public record FieldProblem(String field, String message, Weight weight) {

    /** How much it matters. */
    public enum Weight {
        /** It cannot be saved like this. */
        ERROR,
        /** It can, but probably nobody wants it like this. */
        WARNING
    }

    public static FieldProblem error(String field, String message) {
        return new FieldProblem(field, message, Weight.ERROR);
    }

    public static FieldProblem warning(String field, String message) {
        return new FieldProblem(field, message, Weight.WARNING);
    }

    public boolean isError() {
        return weight == Weight.ERROR;
    }
}
