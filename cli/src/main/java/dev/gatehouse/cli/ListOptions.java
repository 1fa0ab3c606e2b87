package dev.gatehouse.cli;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** What all commands that list something take, and how they print it. */
final class ListOptions {

    @Option(names = "--limit", defaultValue = "50", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    /**
     * How many rows are wanted at most.
     *
     * @throws Failure when that is none
     */
    int limit() {
        if (limit < 1) {
            throw new Failure(ExitCode.BAD_INPUT, "--limit must be 1 or more.");
        }
        return limit;
    }

    /**
     * Prints resources of the API, as a table or as JSON.
     *
     * @param none what to say when there are none
     * @param table an empty table with its columns
     * @param add puts a resource into it
     */
    int print(
            Surroundings surroundings,
            List<JsonNode> resources,
            String none,
            Supplier<Table> table,
            BiConsumer<Table, JsonNode> add) {
        if (json) {
            var array = WorkbenchClient.JSON.createArrayNode();
            resources.forEach(resource -> array.add(Devices.flat(resource)));
            surroundings.out().println(array.toPrettyString());
        } else if (resources.isEmpty()) {
            surroundings.note(none);
        } else {
            var rows = table.get();
            resources.forEach(resource -> add.accept(rows, resource));
            rows.lines(surroundings.width()).forEach(surroundings.out()::println);
        }
        return ExitCode.OK.number();
    }
}
