package dev.gatehouse.cli.collection;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.cli.list.TimeText;
import dev.gatehouse.cli.terminal.CommandContext;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compare every full hour of a range. What is missing here is fetched; nothing is deleted. */
@Command(
        name = "start",
        description = "Compare every full hour of a range. What is missing here is fetched; nothing is deleted.",
        mixinStandardHelpOptions = true)
final class ReconcileStart implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "DEVICE", description = "Name, id or Directory ID.")
    private String device = "";

    @Option(
            names = "--feed",
            paramLabel = "FEED",
            description = "One of alerts, incidents, logon-events, query-events, directory-events. Otherwise all.")
    private @Nullable String feed;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            description = "From when on: 24h, 7d, a date, or a time such as 2026-11-23T12:00:00Z.")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Until when, in the same forms. Otherwise the last full hour.")
    private @Nullable String to;

    @Option(names = "--json", description = "Print what was asked for as JSON.")
    private boolean json;

    ReconcileStart(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var document = WorkbenchClient.JSON.createObjectNode();
        var attributes =
                document.putObject("data").put("type", "reconciliations").putObject("attributes");
        attributes.put("from", TimeText.parse("--from", from));
        if (to != null) {
            attributes.put("to", TimeText.parse("--to", to));
        }
        if (feed != null) {
            attributes.put("feed", feed);
        }
        try (var client = server.connect(context)) {
            attributes.put("device_id", Resource.id(new Devices(client).find(device)));
            var meta = client.post("/api/v2/reconciliations", document).metaOrFail();
            context.out()
                    .println(
                            json
                                    ? meta.toPrettyString()
                                    : "%d comparisons are queued, %s to %s UTC. 'gatehouse reconcile list' tells what came of them."
                                            .formatted(
                                                    meta.path("comparisons").asInt(0),
                                                    Resource.time(meta, "from"),
                                                    Resource.time(meta, "to")));
            return ExitCode.OK.number();
        }
    }
}
