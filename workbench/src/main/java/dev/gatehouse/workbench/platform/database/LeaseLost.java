package dev.gatehouse.workbench.platform.database;

/** A process wanted to store something that is not its to store any more. Nothing of it was kept. */
public class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLost(Lease lease) {
        this("Process %s does not hold tenant %s any more".formatted(lease.process(), lease.tenant()));
    }

    /**
     * A claim has passed to somebody else.
     *
     * @param message whose it was, and of what
     */
    public LeaseLost(String message) {
        super(message);
    }
}
