package dev.gatehouse.cli.device;

import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * How a connection test went.
 *
 * @param test the resource that the API answered with
 */
record TestReport(JsonNode test) {

    boolean isPassed() {
        return test.path("attributes").path("passed").asBoolean(false);
    }

    /** A line for each step, with cause and cure below those that failed. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        for (var check : test.path("attributes").path("checks")) {
            lines.add(
                    Table.harmless("%-8s %s".formatted(Resource.text(check, "result"), Resource.text(check, "title"))));
            for (var part : List.of("cause", "cure")) {
                if (!Resource.text(check, part).isEmpty()) {
                    lines.add(Table.harmless("         " + Resource.text(check, part)));
                }
            }
            var evidence = evidence(check);
            if (!evidence.isEmpty()) {
                lines.add(Table.harmless("         (" + evidence + ")"));
            }
        }
        return List.copyOf(lines);
    }

    // What Microsoft's support asks for.
    private static String evidence(JsonNode check) {
        var parts = new ArrayList<String>();
        if (!Resource.text(check, "code").isEmpty()) {
            parts.add(Resource.text(check, "code"));
        }
        if (check.path("http_status").isNumber()) {
            parts.add("status " + check.path("http_status").asInt());
        }
        if (!Resource.text(check, "request_id").isEmpty()) {
            parts.add("request " + Resource.text(check, "request_id"));
        }
        return String.join(", ", parts);
    }
}
