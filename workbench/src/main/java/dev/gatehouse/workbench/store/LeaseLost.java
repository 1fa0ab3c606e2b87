package dev.gatehouse.workbench.store;

/** A process wanted to store something for a device that it does not hold any more. Nothing of it was kept. */
public class LeaseLost extends RuntimeException {

    LeaseLost(Lease lease) {
        super("Process %s does not hold device %s any more".formatted(lease.process(), lease.device()));
    }
}
