package dev.gatehouse.workbench.people;

/** A change that is refused because it would leave somebody, or everybody, without a way in. Its message says what to do. */
public class WouldLockOut extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WouldLockOut(String message) {
        super(message);
    }
}
