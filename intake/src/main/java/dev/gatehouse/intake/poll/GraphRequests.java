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
     * @param isOldestFirst whether to ask for this order; hunting tables always have it
     */
    static Request of(Cloud cloud, Feed feed, Reading reading, boolean isOldestFirst) {
        if (reading.link().isPresent()) {
            return Request.get(reading.link().get().uri());
        }
        return feed.isHuntingTable() ? hunting(cloud, feed, reading) : list(cloud, feed, reading, isOldestFirst);
    }

    private static Request list(Cloud cloud, Feed feed, Reading reading, boolean isOldestFirst) {
        var window = reading.window();
        var filter = "lastUpdateDateTime ge %s and lastUpdateDateTime lt %s"
                .formatted(GraphTime.from(window.from()), GraphTime.to(window.to()));
        var order = isOldestFirst ? "&$orderby=" + encoded("lastUpdateDateTime asc") : "";
        var query = "$filter=%s&$top=%d%s".formatted(encoded(filter), reading.pageSize(), order);
        return Request.get(URI.create(cloud.graph() + VERSION + feed.path() + "?" + query));
    }

    private static Request hunting(Cloud cloud, Feed feed, Reading reading) {
        var window = reading.window();
        var query =
                "%s | where Timestamp >= datetime(%s) and Timestamp < datetime(%s) | order by Timestamp asc | take %d"
                        .formatted(
                                feed.table(),
                                GraphTime.from(window.from()),
                                GraphTime.to(window.to()),
                                reading.pageSize());
        // Without a span Graph looks back 30 days from now, which would cut off the start of a first reading.
        var span = GraphTime.spanAround(window.from(), window.to());
        var body = "{\"Query\":\"%s\",\"Timespan\":\"%s\"}".formatted(query, span);
        return Request.post(URI.create(cloud.graph() + VERSION + feed.path()), "application/json; charset=utf-8", body);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
