package dev.gatehouse.cli.detections;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.cli.terminal.CommandContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reads rules and tries their examples; changes nothing. */
@Command(
        name = "check",
        description = "Read detection rules and try their examples. Changes nothing.",
        mixinStandardHelpOptions = true)
final class RulesCheck implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Rules as YAML, one in each file.")
    private List<Path> files = List.of();

    RulesCheck(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var isFine = true;
        try (var client = server.connect(context)) {
            for (var file : files) {
                isFine &= check(client, file);
            }
        }
        return (isFine ? ExitCode.OK : ExitCode.SOME_FAILED).number();
    }

    private boolean check(WorkbenchClient client, Path file) {
        var document = WorkbenchClient.JSON.createObjectNode();
        document.putObject("data")
                .put("type", "detections")
                .putObject("attributes")
                .put("file", file.toString())
                .put("yaml", text(file));
        var attributes =
                client.post("/api/v2/detections/check", document).dataOrFail().path("attributes");
        if (attributes.path("accepted").asBoolean(false)) {
            context.out().println(file + ": fine");
            return true;
        }
        for (var problem : attributes.path("problems")) {
            var line = problem.path("line").asInt(0);
            context.out()
                    .println(
                            line == 0
                                    ? "%s: %s"
                                            .formatted(
                                                    file,
                                                    problem.path("message").asString(""))
                                    : "%s:%d:%d: %s"
                                            .formatted(
                                                    file,
                                                    line,
                                                    problem.path("column").asInt(0),
                                                    problem.path("message").asString("")));
        }
        return false;
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.BAD_INPUT,
                    "Cannot read %s (%s).".formatted(file, e.getClass().getSimpleName()),
                    e);
        }
    }
}
