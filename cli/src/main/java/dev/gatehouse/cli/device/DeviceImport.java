package dev.gatehouse.cli.device;

import dev.gatehouse.cli.device.ImportResult.Outcome;
import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.DeviceRequest;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.cli.terminal.CommandContext;
import dev.gatehouse.cli.terminal.Table;
import dev.gatehouse.cli.terminal.Table.Column;
import dev.gatehouse.model.DeviceField;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Connects hundreds of tenants from one file. A row that fails does not keep the others from being tried, and the same
 * file can be imported again: what is connected already stays as it is.
 */
@Command(
        name = "import",
        description = "Connect many tenants from a CSV or JSON file, with a result for each.",
        mixinStandardHelpOptions = true)
final class DeviceImport implements Callable<Integer> {

    // Few enough that a part with certificates stays below what the Workbench takes, and that people see it go on.
    private static final int AT_A_TIME = 250;

    private static final String TYPE = "security_device_imports";

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "FILE", description = "CSV with a header row, or a JSON array of objects.")
    private Path file = Path.of("");

    // Set when nothing more can be done; rows after it are not tried.
    private @Nullable Failure end;

    @Option(names = "--dry-run", description = "Check every row and secret, but add nothing.")
    private boolean dryRun;

    @Option(
            names = "--create-organizations",
            description = "Make the organizations that the file names and that are not there, each with that name.")
    private boolean createOrganizations;

    @Option(names = "--json", description = "Print the results as a JSON array.")
    private boolean json;

    private DeviceImport(CommandContext context) {
        this.context = context;
    }

    static CommandLine commandLine(CommandContext context) {
        var line = new CommandLine(new DeviceImport(context));
        line.getCommandSpec()
                .usageMessage()
                .footer(
                        "",
                        "Columns: %s, and one of".formatted(columns(false)),
                        "secret_file (relative to FILE) and secret_env (the name of an environment variable). The columns",
                        "%s work too, but then the file itself is the secret: guard it,".formatted(columns(true)),
                        "and delete it afterwards.");
        return line;
    }

    private static String columns(boolean areSecret) {
        return DeviceField.ALL.stream()
                .filter(field -> field.kind().isSecret() == areSecret)
                .map(DeviceField::key)
                .collect(Collectors.joining(areSecret ? " and " : ", "));
    }

    @Override
    public Integer call() {
        var rows = ImportFile.read(file);
        if (rows.stream().anyMatch(ImportRow::holdsSecret)) {
            context.note("Note: %s holds client secrets. Guard it, and delete it after the import.".formatted(file));
        }
        try (var client = server.connect(context)) {
            var results = results(rows, client);
            print(results);
            if (end != null) {
                throw end;
            }
            var failed = results.stream().anyMatch(result -> result.outcome() == Outcome.FAILED);
            return (failed ? ExitCode.SOME_FAILED : ExitCode.OK).number();
        }
    }

    private List<ImportResult> results(List<ImportRow> rows, WorkbenchClient client) {
        var results = new HashMap<ImportRow, ImportResult>();
        var asked = new LinkedHashMap<ImportRow, DeviceRequest>();
        var firstPlaces = new HashMap<String, String>();
        for (var row : rows) {
            var firstPlace = row.directoryKey().isEmpty()
                    ? row.place()
                    : firstPlaces.computeIfAbsent(row.directoryKey(), _ -> row.place());
            try {
                if (!firstPlace.equals(row.place())) {
                    throw new Failure(ExitCode.BAD_INPUT, "directory_id: the same as in %s.".formatted(firstPlace));
                }
                asked.put(row, row.request(context, file.toAbsolutePath().resolveSibling("")));
            } catch (Failure failure) {
                results.put(row, new ImportResult(row, Outcome.FAILED, String.valueOf(failure.getMessage())));
            }
        }
        var left = new ArrayList<>(asked.entrySet());
        for (var from = 0; from < left.size(); from += AT_A_TIME) {
            var part = left.subList(from, Math.min(left.size(), from + AT_A_TIME));
            var outcomes = importPart(part, client);
            for (var index = 0; index < part.size(); index++) {
                var row = part.get(index).getKey();
                results.put(row, outcomes.get(index).of(row));
            }
        }
        return rows.stream().map(results::get).toList();
    }

    private List<ImportOutcome> importPart(List<Map.Entry<ImportRow, DeviceRequest>> part, WorkbenchClient client) {
        if (end == null) {
            try {
                return send(part.stream().map(Map.Entry::getValue).toList(), client);
            } catch (Failure failure) {
                // Refused or broken as a whole: it would be the same for every row after this one.
                end = failure;
            }
        }
        return Collections.nCopies(part.size(), new ImportOutcome(Outcome.FAILED, "Not tried, see the end."));
    }

    /**
     * Makes many devices with one request; what became of each, in their order.
     *
     * @throws Failure when the request as a whole was not carried out
     */
    private List<ImportOutcome> send(List<DeviceRequest> requests, WorkbenchClient client) {
        var document = WorkbenchClient.JSON.createObjectNode();
        var attributes = document.putObject("data").put("type", TYPE).putObject("attributes");
        attributes.put("dry_run", dryRun).put("create_organizations", createOrganizations);
        var devices = attributes.putArray("devices");
        requests.forEach(request -> devices.add(request.attributes()));
        var results = client.post("/api/v2/" + TYPE, document)
                .dataOrFail()
                .at("/attributes/results")
                .valueStream()
                .map(ImportOutcome::read)
                .toList();
        if (results.size() != requests.size()) {
            throw new Failure(
                    ExitCode.SERVER_ERROR,
                    "The Workbench answered with %d results for %d devices. See with 'gatehouse device list' what was added."
                            .formatted(results.size(), requests.size()));
        }
        return results;
    }

    private void print(List<ImportResult> results) {
        if (json) {
            var array = WorkbenchClient.JSON.createArrayNode();
            results.forEach(result -> array.add(result.json()));
            context.out().println(array.toPrettyString());
            return;
        }
        var table = new Table(Column.whole("ROW"), Column.text("NAME"), Column.whole("RESULT"), Column.whole("DETAIL"));
        for (var result : results) {
            table.add(
                    result.row().place(),
                    result.row().value(DeviceField.NAME),
                    result.outcome().word(),
                    result.detail());
        }
        table.lines(context.width()).forEach(context.out()::println);
        var counts = results.stream().collect(Collectors.groupingBy(ImportResult::outcome, Collectors.counting()));
        context.note(Arrays.stream(Outcome.values())
                .filter(counts::containsKey)
                .map(outcome -> counts.get(outcome) + " " + outcome.word())
                .collect(Collectors.joining(", ")));
    }
}
