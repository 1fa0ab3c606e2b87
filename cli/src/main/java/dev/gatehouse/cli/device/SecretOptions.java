package dev.gatehouse.cli.device;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.DataDirectory;
import dev.gatehouse.cli.terminal.CommandContext;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where a client secret comes from. Never from an argument: those stand in the shell's history and in the list of
 * processes.
 */
final class SecretOptions {

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description =
                    "A file that holds the secret's Value, or, as PEM, a certificate and its private key to sign in with.")
    private @Nullable Path file;

    @Option(
            names = "--secret-env",
            paramLabel = "NAME",
            description = "The environment variable that holds the secret's Value.")
    private @Nullable String variable;

    // Only there to be refused without repeating the secret on the screen, as "unknown option" would.
    @Option(
            names = {"--secret", "--client-secret"},
            hidden = true,
            arity = "0..1",
            fallbackValue = "")
    private @Nullable String argument;

    /**
     * Reads the secret, or asks for it without an echo.
     *
     * @throws Failure when there is none, naming where it was looked for and never the secret
     */
    String read(CommandContext context) {
        return given(context)
                .or(() -> context.person()
                        .flatMap(person -> person.askHidden("Client secret (the Value, it is not shown):"))
                        .map(String::strip)
                        .filter(secret -> !secret.isEmpty()))
                .orElseThrow(() -> new Failure(
                        ExitCode.BAD_INPUT, "There is no client secret. Use --secret-file or --secret-env."));
    }

    /**
     * Reads the secret from where an option says; empty when none does.
     *
     * @throws Failure when it is not there, naming where it was looked for and never the secret
     */
    Optional<String> given(CommandContext context) {
        if (argument != null) {
            throw new Failure(
                    ExitCode.BAD_INPUT,
                    "A secret is not taken from the command line, where the shell's history and the process list keep it. Use --secret-file or --secret-env, or leave both out to be asked. Consider this secret known to others and make a new one.");
        }
        if (file != null && variable != null) {
            throw new Failure(ExitCode.BAD_INPUT, "Use either --secret-file or --secret-env, not both.");
        }
        return Optional.ofNullable(file).map(SecretOptions::fromFile).or(() -> Optional.ofNullable(variable)
                .map(name -> fromVariable(context, name)));
    }

    static String fromFile(Path file) {
        return DataDirectory.textOf(file)
                .orElseThrow(() -> new Failure(
                        ExitCode.BAD_INPUT, "The secret file %s is missing, empty or not readable.".formatted(file)));
    }

    static String fromVariable(CommandContext context, String name) {
        return context.variable(name)
                .map(String::strip)
                .orElseThrow(() -> new Failure(
                        ExitCode.BAD_INPUT, "The environment variable %s is not set or empty.".formatted(name)));
    }
}
