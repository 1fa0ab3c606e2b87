package dev.gatehouse.workbench.reconcile;

/** A range that cannot be compared: the message says what has to be changed. */
public class InvalidReconciliation extends RuntimeException {

    private final String field;

    InvalidReconciliation(String field, String message) {
        super(message);
        this.field = field;
    }

    /** What has to be changed: {@code from} or {@code to}. */
    public String field() {
        return field;
    }
}
