package dev.gatehouse.cli.records;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.cli.terminal.CommandContext;
import dev.gatehouse.cli.terminal.Table;
import dev.gatehouse.cli.terminal.Table.Column;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Runs a hunting query in a customer's tenant. */
@Command(
        name = "hunt",
        description = "Run a hunting query in a customer's tenant. It goes before all else that is asked there.",
        mixinStandardHelpOptions = true)
public final class HuntCommand implements Callable<Integer> {

    private static final String TYPE = "hunting_queries";

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(index = "0", paramLabel = "DEVICE", description = "In this device's tenant: name, id or Directory ID.")
    private String device = "";

    @Parameters(index = "1", paramLabel = "QUERY", description = "In KQL, e.g. 'IdentityLogonEvents | take 10'.")
    private String query = "";

    @Option(
            names = "--timespan",
            paramLabel = "DURATION",
            defaultValue = "P1D",
            description = "How far back to look: PT1H, P7D, at most P30D (default: ${DEFAULT-VALUE}).")
    private String timespan = "";

    @Option(
            names = "--rows",
            defaultValue = "1000",
            description = "At most so many rows, 1 to 10000 (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(names = "--json", description = "Print a JSON array of the rows.")
    private boolean json;

    public HuntCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (var client = server.connect(context)) {
            var document = WorkbenchClient.JSON.createObjectNode();
            document.putObject("data")
                    .put("type", TYPE)
                    .putObject("attributes")
                    .put("device_id", Resource.id(new Devices(client).find(device)))
                    .put("query", query)
                    .put("timespan", timespan)
                    .put("rows", Integer.toString(rows));
            var attributes =
                    client.post("/api/v2/" + TYPE, document).dataOrFail().path("attributes");
            print(attributes.path("rows"));
            if (attributes.path("may_have_more").asBoolean(false)) {
                context.note("There may be more rows. Narrow the query, or raise --rows.");
            }
            return ExitCode.OK.number();
        }
    }

    private void print(JsonNode found) {
        if (json) {
            context.out().println(found.toPrettyString());
            return;
        }
        var columns = new LinkedHashSet<String>();
        found.forEach(row -> columns.addAll(row.propertyNames()));
        if (columns.isEmpty()) {
            context.note("No row.");
            return;
        }
        var table = new Table(columns.stream().map(Column::text).toArray(Column[]::new));
        for (var row : found) {
            var cells = new ArrayList<String>();
            columns.forEach(column -> cells.add(text(row.path(column))));
            table.add(cells.toArray(String[]::new));
        }
        table.lines(context.width()).forEach(context.out()::println);
    }

    private static String text(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? "" : value.isString() ? value.asString() : value.toString();
    }
}
