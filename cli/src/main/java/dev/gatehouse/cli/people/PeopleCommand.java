package dev.gatehouse.cli.people;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.ApiAnswer;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.cli.list.Listing;
import dev.gatehouse.cli.terminal.CommandContext;
import dev.gatehouse.cli.terminal.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** A command on one of the collections about people. */
abstract class PeopleCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final WorkbenchAccess access = new WorkbenchAccess();

    PeopleCommand(CommandContext context) {
        this.context = context;
    }

    /** Does it. */
    abstract void run(WorkbenchClient client);

    @Override
    public final Integer call() {
        prepare();
        return access.with(context, client -> {
            run(client);
            return ExitCode.OK.number();
        });
    }

    /** Asks for what is missing, before a Workbench is asked or started. */
    void prepare() {}

    final CommandContext context() {
        return context;
    }

    final void say(String line) {
        context.out().println(Table.harmless(line));
    }

    /** Sends attributes to a collection or to one of its resources. */
    static ApiAnswer post(WorkbenchClient client, String type, String rest, Map<String, Object> attributes) {
        return client.post("/api/v2/" + type + rest, document(type, attributes));
    }

    static ApiAnswer patch(WorkbenchClient client, String type, String id, Map<String, Object> attributes) {
        return client.patch("/api/v2/" + type + "/" + id, document(type, attributes));
    }

    private static JsonNode document(String type, Map<String, Object> attributes) {
        return WorkbenchClient.JSON.valueToTree(Map.of("data", Map.of("type", type, "attributes", attributes)));
    }

    /** The one resource that is called so, by its id or by an attribute in any case. */
    static JsonNode find(WorkbenchClient client, String type, String name, List<String> attributes) {
        var matching = client.list(type, Map.of(), Integer.MAX_VALUE).stream()
                .filter(resource -> Resource.id(resource).equalsIgnoreCase(name)
                        || attributes.stream().anyMatch(attribute -> Resource.attribute(resource, attribute)
                                .equalsIgnoreCase(name)))
                .toList();
        if (matching.isEmpty()) {
            throw new Failure(
                    ExitCode.NOT_FOUND, "There is none of %s called '%s'.".formatted(type.replace('_', ' '), name));
        }
        if (matching.size() > 1) {
            throw new Failure(
                    ExitCode.BAD_INPUT,
                    "%d are called '%s'. Use an id instead: %s."
                            .formatted(
                                    matching.size(),
                                    name,
                                    matching.stream().map(Resource::id).collect(Collectors.joining(", "))));
        }
        return matching.getFirst();
    }

    /** A command that lists one of the collections. */
    abstract static class Lister extends PeopleCommand {

        private final Listing listing;

        @Option(names = "--limit", defaultValue = "200", description = "At most so many (default: ${DEFAULT-VALUE}).")
        private int limit;

        @Option(names = "--json", description = "Print a JSON array.")
        private boolean json;

        Lister(CommandContext context, Listing listing) {
            super(context);
            this.listing = listing;
        }

        @Override
        final void run(WorkbenchClient client) {
            if (limit < 1) {
                throw new Failure(ExitCode.BAD_INPUT, "--limit must be 1 or more.");
            }
            listing.print(context(), client.list(listing.type(), Map.of(), limit), json);
        }
    }

    /** What an attribute says, with a word for nothing. */
    static String or(JsonNode resource, String attribute, String nothing) {
        return Optional.of(Resource.attribute(resource, attribute))
                .filter(text -> !text.isEmpty())
                .orElse(nothing);
    }
}
