package dev.gatehouse.workbench.reconcile;

import dev.gatehouse.model.Original;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** How many rows of a hunting table Graph counts in each hour. */
final class HoursOfRows {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private HoursOfRows() {}

    /** Reads {@code {"Hour": "2026-11-23T09:00:00Z", "Rows": 214}}, one for each hour; empty when they are not such. */
    static Optional<Map<Instant, Long>> read(List<Original> rows) {
        var counts = new HashMap<Instant, Long>();
        try {
            for (var row : rows) {
                var json = JSON.readTree(row.bytes());
                // Graph's schema calls it a long, which OData may write as text.
                counts.put(
                        Instant.parse(json.path("Hour").asString()),
                        Long.parseLong(json.path("Rows").asString()));
            }
        } catch (JacksonException | DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
        return Optional.of(counts);
    }
}
