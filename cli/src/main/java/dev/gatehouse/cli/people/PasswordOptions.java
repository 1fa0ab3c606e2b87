package dev.gatehouse.cli.people;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.DataDirectory;
import dev.gatehouse.cli.terminal.CommandContext;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a new password comes from. Never from an argument: those stand in the shell's history and the list of processes. */
final class PasswordOptions {

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "A file that holds the password. Otherwise it is asked for, or made and printed once.")
    private @Nullable Path file;

    // Only there to be refused without repeating the password on the screen, as "unknown option" would.
    @Option(names = "--password", hidden = true, arity = "0..1", fallbackValue = "")
    private @Nullable String argument;

    /**
     * The password; empty when one is to be made.
     *
     * @throws Failure when it cannot be read
     */
    Optional<String> read(CommandContext context) {
        if (argument != null) {
            throw new Failure(
                    ExitCode.BAD_INPUT,
                    "A password is not taken from the command line, where the shell's history and the process list keep it. Use --password-file, or leave it out to be asked. Consider this password known to others and take another.");
        }
        if (file != null) {
            var place = file;
            return Optional.of(DataDirectory.textOf(place)
                    .orElseThrow(() -> new Failure(
                            ExitCode.BAD_INPUT,
                            "The password file %s is missing, empty or not readable.".formatted(place))));
        }
        return context.person()
                .flatMap(person -> person.askHidden("New password (it is not shown; empty: one is made):"))
                .filter(typed -> !typed.isEmpty());
    }
}
