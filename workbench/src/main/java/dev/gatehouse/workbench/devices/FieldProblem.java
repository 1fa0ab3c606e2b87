package dev.gatehouse.workbench.devices;

/**
 * Something about one field of a {@link DeviceDraft}.
 *
 * @param field {@code name}, {@code location}, {@code directory_id}, {@code application_id}, {@code client_secret},
 *     {@code client_secret_expires_at}, {@code client_secret_id}, {@code client_certificate} or {@code cloud}
 * @param message what is wrong and what to do, for the person who typed it
 * @param weight whether it keeps the device from being saved
 */
public record FieldProblem(String field, String message, Weight weight) {

    /** How much it matters. */
    public enum Weight {
        /** The device cannot be saved like this. */
        ERROR,
        /** It can, but probably nobody wants it like this. */
        WARNING
    }

    static FieldProblem error(String field, String message) {
        return new FieldProblem(field, message, Weight.ERROR);
    }

    static FieldProblem warning(String field, String message) {
        return new FieldProblem(field, message, Weight.WARNING);
    }

    public boolean isError() {
        return weight == Weight.ERROR;
    }
}
