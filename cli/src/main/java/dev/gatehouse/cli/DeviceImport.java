package dev.gatehouse.cli;

import dev.gatehouse.cli.ImportResult.Outcome;
import dev.gatehouse.cli.Table.Column;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Columns: name, location, directory_id, application_id, cloud, client_secret_expires_at (a day), and one of",
            "secret_file (relative to FILE) and secret_env (the name of an environment variable). A client_secret column",
            "works too, but then the file itself is the secret: guard it, and delete it afterwards."
        })
final class DeviceImport implements Callable<Integer> {

    // Enough to hide the time a request takes, few enough to leave the Workbench free for analysts.
    private static final int AT_A_TIME = 4;

    private final Surroundings surroundings;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "FILE", description = "CSV with a header row, or a JSON array of objects.")
    private Path file = Path.of("");

    // Set when nothing more can be done; rows after it are not tried.
    private final AtomicReference<@Nullable Failure> end = new AtomicReference<>();

    @Option(names = "--dry-run", description = "Check every row and secret, but add nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the results as a JSON array.")
    private boolean json;

    DeviceImport(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var rows = ImportFile.read(file);
        if (rows.stream().anyMatch(row -> !row.value(ImportRow.CLIENT_SECRET).isEmpty())) {
            surroundings.note(
                    "Note: %s holds client secrets. Guard it, and delete it after the import.".formatted(file));
        }
        try (var client = server.connect(surroundings)) {
            var results = results(rows, new Devices(client));
            print(results);
            var ended = end.get();
            if (ended != null) {
                throw ended;
            }
            var failed = results.stream().anyMatch(result -> result.outcome() == Outcome.FAILED);
            return (failed ? ExitCode.SOME_FAILED : ExitCode.OK).number();
        }
    }

    private List<ImportResult> results(List<ImportRow> rows, Devices devices) {
        var connected = new HashMap<String, String>();
        for (var device : devices.all()) {
            connected.put(
                    Devices.attribute(device, "directory_id").toLowerCase(Locale.ROOT),
                    "as '%s'".formatted(Devices.attribute(device, "name")));
        }
        var firstPlaces = new HashMap<String, String>();
        var results = new ArrayList<ImportResult>();
        try (var threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            var underWay = new ArrayList<Future<ImportResult>>();
            for (var row : rows) {
                var firstPlace = row.directoryKey().isEmpty()
                        ? row.place()
                        : firstPlaces.computeIfAbsent(row.directoryKey(), _ -> row.place());
                underWay.add(threads.submit(() -> firstPlace.equals(row.place())
                        ? result(row, devices, connected)
                        : new ImportResult(
                                row, Outcome.FAILED, "directory_id: the same as in %s.".formatted(firstPlace))));
            }
            for (var result : underWay) {
                results.add(result.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.SOME_FAILED, "The import was interrupted.", e);
        }
        return List.copyOf(results);
    }

    private ImportResult result(ImportRow row, Devices devices, Map<String, String> connected) {
        var existing = connected.get(row.directoryKey());
        if (existing != null) {
            return new ImportResult(row, Outcome.EXISTS, existing);
        }
        if (end.get() != null) {
            return new ImportResult(row, Outcome.FAILED, "Not tried, see the end.");
        }
        try {
            var request = row.request(surroundings, file.toAbsolutePath().resolveSibling(""));
            var answer = dryRun ? devices.check(request) : devices.create(request);
            if (answer.isSuccess()) {
                return dryRun
                        ? new ImportResult(row, Outcome.READY, "")
                        : new ImportResult(
                                row, Outcome.CREATED, Devices.id(answer.body().path("data")));
            }
            if (answer.isConflict()) {
                // Somebody else connected it a moment ago.
                return new ImportResult(row, Outcome.EXISTS, answer.explanation());
            }
            throw answer.failure();
        } catch (Failure failure) {
            if (failure.exitCode() == ExitCode.NOT_REACHABLE || failure.exitCode() == ExitCode.NOT_AUTHORISED) {
                // It would be the same for every row after this one, perhaps after minutes of waiting for each.
                end.set(failure);
            }
            return new ImportResult(row, Outcome.FAILED, String.valueOf(failure.getMessage()));
        }
    }

    private void print(List<ImportResult> results) {
        if (json) {
            var array = WorkbenchClient.JSON.createArrayNode();
            results.forEach(result -> array.add(result.json()));
            surroundings.out().println(array.toPrettyString());
            return;
        }
        var table = new Table(Column.whole("ROW"), Column.text("NAME"), Column.whole("RESULT"), Column.whole("DETAIL"));
        for (var result : results) {
            table.add(
                    result.row().place(),
                    result.row().value(ImportRow.NAME),
                    result.outcome().word(),
                    result.detail());
        }
        table.lines(surroundings.width()).forEach(surroundings.out()::println);
        var counts = results.stream().collect(Collectors.groupingBy(ImportResult::outcome, Collectors.counting()));
        surroundings.note(Arrays.stream(Outcome.values())
                .filter(counts::containsKey)
                .map(outcome -> counts.get(outcome) + " " + outcome.word())
                .collect(Collectors.joining(", ")));
    }
}
