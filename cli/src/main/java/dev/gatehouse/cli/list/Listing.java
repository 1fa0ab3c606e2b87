package dev.gatehouse.cli.list;

import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.cli.terminal.CommandContext;
import dev.gatehouse.cli.terminal.Table;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * How the resources of one collection are listed.
 *
 * @param type what the API calls the collection
 * @param none what to say when there are none
 * @param columns what stands in the table for each
 */
public record Listing(String type, String none, List<Column> columns) {

    public Listing {
        columns = List.copyOf(columns);
    }

    public Listing(String type, String none, Column... columns) {
        this(type, none, List.of(columns));
    }

    /**
     * A column of the table.
     *
     * @param heading what stands above it
     * @param cell takes the text for it from a resource
     */
    public record Column(Table.Column heading, Function<JsonNode, String> cell) {

        /** A text whose end may be left out where the terminal is narrow. */
        public static Column text(String heading, String attribute) {
            return text(heading, resource -> Resource.attribute(resource, attribute));
        }

        /** A text that is made of a resource, and whose end may be left out. */
        public static Column text(String heading, Function<JsonNode, String> cell) {
            return new Column(Table.Column.text(heading), cell);
        }

        /** A text that is always shown as a whole. */
        public static Column whole(String heading, String attribute) {
            return whole(heading, resource -> Resource.attribute(resource, attribute));
        }

        /** A text that is made of a resource, and always shown as a whole. */
        public static Column whole(String heading, Function<JsonNode, String> cell) {
            return new Column(Table.Column.whole(heading), cell);
        }

        public static Column time(String heading, String attribute) {
            return whole(heading, resource -> Resource.time(resource.path("attributes"), attribute));
        }

        public static Column count(String heading, String attribute) {
            return whole(
                    heading,
                    resource -> Long.toString(
                            resource.path("attributes").path(attribute).asLong(0)));
        }

        public static Column id() {
            return whole("ID", Resource::id);
        }
    }

    /** Prints resources of the collection, as a JSON array or as a table. */
    public void print(CommandContext context, List<JsonNode> resources, boolean asJson) {
        if (asJson) {
            var array = WorkbenchClient.JSON.createArrayNode();
            resources.forEach(resource -> array.add(Resource.flat(resource)));
            context.out().println(array.toPrettyString());
        } else if (resources.isEmpty()) {
            context.note(none);
        } else {
            var table = new Table(columns.stream().map(Column::heading).toArray(Table.Column[]::new));
            for (var resource : resources) {
                table.add(columns.stream()
                        .map(column -> column.cell().apply(resource))
                        .toArray(String[]::new));
            }
            table.lines(context.width()).forEach(context.out()::println);
        }
    }
}
