package dev.gatehouse.cli;

/** A program that says why it cannot start and ends. */
final class FailingProgram {

    private FailingProgram() {}

    public static void main(String[] arguments) {
        System.out.println("The disk is full.");
        System.exit(3);
    }
}
