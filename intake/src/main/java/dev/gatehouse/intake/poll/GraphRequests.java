package dev.gatehouse.intake.poll;

import dev.gatehouse.intake.http.Request;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Feed;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * How a reading is asked for.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/security-list-alerts_v2">List alerts_v2</a>
 * @see <a href="https://learn.microsoft.com/graph/api/security-security-runhuntingquery">runHuntingQuery</a>
 */
final class GraphRequests {

    private static final String VERSION = "/v1.0";

    private GraphRequests() {}

    /**
     * The request for a reading, without the headers that identify us.
     *
     * @param isCounted whether to ask for the number of all records; hunting tables do not know it
     */
    static Request of(Cloud cloud, Feed feed, Reading reading, boolean isCounted) {
        if (reading.link().isPresent()) {
            return Request.get(reading.link().get().uri());
        }
        if (feed.isHuntingTable()) {
            return hunting(cloud, feed, reading);
        }
        return switch (reading.lookup()) {
            case Lookup.Changed changed -> list(cloud, feed, reading, "lastUpdateDateTime", isCounted);
            case Lookup.Behind behind -> list(cloud, feed, reading, "lastUpdateDateTime", isCounted);
            case Lookup.Created() -> list(cloud, feed, reading, "createdDateTime", isCounted);
            case Lookup.One(var id) ->
                Request.get(URI.create(cloud.graph() + VERSION + feed.path() + "/" + encoded(id)));
            case Lookup.HourlyCounts() -> throw new IllegalArgumentException(feed + " cannot be counted by a query");
        };
    }

    /** What a request asks for, as Graph's documentation would write it: path and options, or the hunting query. */
    static String words(Feed feed, Reading reading, Request request) {
        if (feed.isHuntingTable()) {
            return huntingQuery(feed, reading);
        }
        var options = request.uri().getQuery();
        return request.uri().getPath().replaceFirst(VERSION, "") + (options == null ? "" : "?" + options);
    }

    private static Request list(Cloud cloud, Feed feed, Reading reading, String time, boolean isCounted) {
        var window = reading.window();
        var filter =
                "%s ge %s and %s lt %s".formatted(time, GraphTime.from(window.from()), time, GraphTime.to(window.to()));
        var count = isCounted ? "&$count=true" : "";
        var skip = reading.lookup() instanceof Lookup.Behind(var skipped) && skipped > 0 ? "&$skip=" + skipped : "";
        var query = "$filter=%s&$top=%d%s%s".formatted(encoded(filter), reading.pageSize(), count, skip);
        return Request.get(URI.create(cloud.graph() + VERSION + feed.path() + "?" + query));
    }

    private static Request hunting(Cloud cloud, Feed feed, Reading reading) {
        var window = reading.window();
        // Without a span Graph looks back 30 days from now, which would cut off the start of a first reading.
        var span = GraphTime.spanAround(window.from(), window.to());
        var body = "{\"Query\":\"%s\",\"Timespan\":\"%s\"}".formatted(huntingQuery(feed, reading), span);
        return Request.post(URI.create(cloud.graph() + VERSION + feed.path()), "application/json; charset=utf-8", body);
    }

    private static String rows(Feed feed, Reading reading) {
        return switch (reading.lookup()) {
            case Lookup.Changed() -> "order by Timestamp asc | take " + reading.pageSize();
            // Rows of one time come in any order, so that a number needs a second column to mean something.
            case Lookup.Behind(var skipped) ->
                "order by Timestamp asc, ReportId asc | extend RowNumber = row_number() | where RowNumber > %d | take %d | project-away RowNumber"
                        .formatted(skipped, reading.pageSize());
            case Lookup.HourlyCounts() -> "summarize Rows = count() by Hour = bin(Timestamp, 1h)";
            case Lookup.Created created -> throw notOfRows(feed, created);
            case Lookup.One one -> throw notOfRows(feed, one);
        };
    }

    private static IllegalArgumentException notOfRows(Feed feed, Lookup lookup) {
        return new IllegalArgumentException("Rows of %s cannot be looked up by %s".formatted(feed, lookup));
    }

    private static String huntingQuery(Feed feed, Reading reading) {
        var window = reading.window();
        return "%s | where Timestamp >= datetime(%s) and Timestamp < datetime(%s) | %s"
                .formatted(feed.table(), GraphTime.from(window.from()), GraphTime.to(window.to()), rows(feed, reading));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
