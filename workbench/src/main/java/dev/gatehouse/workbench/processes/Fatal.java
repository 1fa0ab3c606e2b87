package dev.gatehouse.workbench.processes;

/**
 * What no loop survives. When the memory is used up or the virtual machine is broken, any object may be half made; a process
 * that went on would be alive and useless. It ends at once, and whoever started it starts it again: everything that counts
 * is in the database.
 *
 * <p>A stack that overflows is not among it: it is unwound, and says something of what was being read.
 */
public final class Fatal {

    /** The same code that {@code -XX:+ExitOnOutOfMemoryError} ends with. */
    static final int EXIT_CODE = 3;

    private Fatal() {}

    public static boolean is(Throwable thrown) {
        return thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError);
    }

    /** Ends the process now. Nothing is tidied up, since that may need memory; the database's own server ends with it. */
    public static void endProcess(Throwable cause) {
        try {
            System.err.println("Gatehouse ends, so that it can be started anew: "
                    + cause.getClass().getName());
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
