package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured of one page.
 *
 * @param who asked
 * @param what in plain words
 * @param p50 in ms, of the middle request
 * @param p95 in ms, of which 95 of 100 took no more
 * @param max in ms
 * @param bytes on the wire, packed
 */
record Figures(String who, String what, double p50, double p95, double max, int bytes) {

    /** As a file names it. */
    String key() {
        return who + ": " + what;
    }

    static Figures of(String who, String what, List<Long> nanos, int bytes) {
        var sorted = nanos.stream().sorted().toList();
        return new Figures(who, what, at(sorted, 0.5), at(sorted, 0.95), sorted.getLast() / 1e6, bytes);
    }

    private static double at(List<Long> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1) / 1e6;
    }

    private static final String HEADING = "who;what;p50_ms;p95_ms;max_ms;bytes";

    private String line() {
        return String.format(Locale.ROOT, "%s;%s;%.1f;%.1f;%.1f;%d", who, what, p50, p95, max, bytes);
    }

    static void write(Path file, List<Figures> all) throws IOException {
        var text = new StringBuilder(HEADING).append('\n');
        all.forEach(each -> text.append(each.line()).append('\n'));
        Files.writeString(file, text);
    }

    /** Those of a file, by their {@link #key}; none when there is no file. */
    static Map<String, Figures> read(Path file) throws IOException {
        var all = new LinkedHashMap<String, Figures>();
        if (Files.exists(file)) {
            for (var line : Files.readAllLines(file)) {
                if (!line.equals(HEADING) && !line.isBlank()) {
                    var parts = List.of(line.split(";", -1));
                    var figures = new Figures(
                            parts.get(0),
                            parts.get(1),
                            Double.parseDouble(parts.get(2)),
                            Double.parseDouble(parts.get(3)),
                            Double.parseDouble(parts.get(4)),
                            Integer.parseInt(parts.get(5)));
                    all.put(figures.key(), figures);
                }
            }
        }
        return all;
    }
}
