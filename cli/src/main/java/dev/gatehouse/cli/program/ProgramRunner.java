package dev.gatehouse.cli.program;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;

/**
 * Runs another room's program in this process. This room does not know the others' code, so the program goes by its
 * name, as it would on a command line.
 */
public final class ProgramRunner {

    public static final String WORKBENCH = "dev.gatehouse.workbench.Workbench";
    public static final String GENERATE = "dev.gatehouse.workbench.Generate";
    public static final String SIMULATOR = "dev.gatehouse.simulator.SimulatorMain";

    private ProgramRunner() {}

    /**
     * For a program that was started as somebody's child: runs the program of the first argument, and ends when the
     * standard input does. That is what a child sees of a parent that is gone, however it went.
     */
    public static void main(String[] arguments) {
        Thread.ofPlatform().daemon().name("parent-watch").start(ProgramRunner::endWithTheInput);
        run(arguments[0], Arrays.asList(arguments).subList(1, arguments.length));
    }

    /**
     * Calls the program's main method.
     *
     * @throws Failure when it is not on the class path
     */
    public static void run(String program, List<String> arguments) {
        try {
            Class.forName(program).getMethod("main", String[].class).invoke(null, (Object)
                    arguments.toArray(String[]::new));
        } catch (ClassNotFoundException e) {
            throw new Failure(
                    ExitCode.NOT_STARTED,
                    "%s is not on the class path. Start it with ./gatehouse, which puts it there.".formatted(program),
                    e);
        } catch (InvocationTargetException e) {
            // The program says itself why it could not start; the stack trace is for --debug.
            throw new Failure(ExitCode.NOT_STARTED, "It could not be started: %s".formatted(e.getCause()), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(program + " has no main method", e);
        }
    }

    private static void endWithTheInput() {
        try {
            while (System.in.read() >= 0) {
                // What a parent might write means nothing.
            }
        } catch (IOException e) {
            // An input that breaks is over as well.
        }
        System.exit(0);
    }
}
