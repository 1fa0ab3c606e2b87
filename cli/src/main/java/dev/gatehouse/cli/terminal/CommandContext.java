package dev.gatehouse.cli.terminal;

import dev.gatehouse.cli.program.Programs;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a command finds around it when it starts, in one place so that tests can furnish it.
 *
 * @param environment the environment variables
 * @param out for results
 * @param err for progress, notes and errors
 * @param person whoever can be asked, when there is one
 * @param width the columns of the terminal; empty when the output goes elsewhere and must not be cut
 * @param user the name of the operating system's user
 * @param home that user's home directory
 * @param programs where the other rooms are
 */
public record CommandContext(
        Map<String, String> environment,
        PrintWriter out,
        PrintWriter err,
        Optional<Person> person,
        OptionalInt width,
        String user,
        Path home,
        Programs programs) {

    public CommandContext {
        environment = Map.copyOf(environment);
    }

    /** Somebody at the keyboard. */
    public interface Person {
        /** What they answer; empty when they end the input. */
        Optional<String> ask(String question);

        /** The same without an echo. */
        Optional<String> askHidden(String question);
    }

    /** Those of this process. */
    // JDK 22 to 24 always give a console; since 25 there is none again when input or output is redirected.
    @SuppressWarnings("SystemConsoleNull")
    public static CommandContext actual() {
        return new CommandContext(
                System.getenv(),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                personAt(System.console()),
                widthFrom(System.getenv()),
                System.getProperty("user.name", ""),
                Path.of(System.getProperty("user.home", "")),
                Programs.Built.ofThisProcess());
    }

    /** A variable that is set and not blank. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Tells the person something that is not a result. */
    public void note(String line) {
        err.println(line);
    }

    private static Optional<Person> personAt(@Nullable Console console) {
        return console == null || !console.isTerminal() ? Optional.empty() : Optional.of(new AtTheConsole(console));
    }

    // The launcher sets COLUMNS when, and only when, the output goes to a terminal.
    private static OptionalInt widthFrom(Map<String, String> environment) {
        try {
            return OptionalInt.of(Integer.parseInt(environment.getOrDefault("COLUMNS", "")));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    private record AtTheConsole(Console console) implements Person {
        @Override
        public Optional<String> ask(String question) {
            return Optional.ofNullable(console.readLine("%s ", question));
        }

        @Override
        public Optional<String> askHidden(String question) {
            return Optional.ofNullable(console.readPassword("%s ", question)).map(String::new);
        }
    }
}
