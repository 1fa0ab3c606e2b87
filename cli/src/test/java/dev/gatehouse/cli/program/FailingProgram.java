package dev.gatehouse.cli.program;

/** A program that says why it cannot start and ends. */
public final class FailingProgram {

    private FailingProgram() {}

    public static void main(String[] arguments) {
        System.out.println("The disk is full.");
        System.exit(3);
    }
}
