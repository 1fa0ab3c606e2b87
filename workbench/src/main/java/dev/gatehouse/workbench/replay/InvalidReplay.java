package dev.gatehouse.workbench.replay;

/** A replay that cannot be: the message says what has to be changed. */
public class InvalidReplay extends RuntimeException {

    private final String field;

    InvalidReplay(String field, String message) {
        super(message);
        this.field = field;
    }

    /** What has to be changed: {@code from} or {@code to}. */
    public String field() {
        return field;
    }
}
