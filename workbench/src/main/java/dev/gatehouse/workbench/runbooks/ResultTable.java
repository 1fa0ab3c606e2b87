package dev.gatehouse.workbench.runbooks;

import dev.gatehouse.model.Original;
import dev.gatehouse.workbench.investigations.InvestigativeAction.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rows of a query as a table of texts. */
final class ResultTable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_COLUMNS = 30;

    private ResultTable() {}

    /** With a column for each property that a row has, in the order in which they come. */
    static Table of(List<Original> rows) {
        var objects = new ArrayList<JsonNode>();
        var columns = new LinkedHashSet<String>();
        for (var row : rows) {
            try {
                var object = JSON.readTree(row.text());
                objects.add(object);
                object.properties().forEach(property -> columns.add(property.getKey()));
            } catch (JacksonException e) {
                // What is no JSON object has no columns; the number of rows counts it all the same.
            }
        }
        var shown = columns.stream()
                .filter(column -> !column.contains("@odata"))
                .limit(MOST_COLUMNS)
                .toList();
        return new Table(
                shown,
                objects.stream()
                        .map(object -> shown.stream()
                                .map(column -> text(object.path(column)))
                                .toList())
                        .toList());
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "" : value.isString() ? value.asString() : value.toString();
    }
}
