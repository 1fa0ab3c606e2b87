package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One figure of collecting.
 *
 * @param what in plain words, different from the others
 * @param value as high or as low as possible, see {@code isBetterHigher}
 * @param unit of the value
 * @param isBetterHigher whether more is better
 */
record Measured(String what, double value, String unit, boolean isBetterHigher) {

    private static final String HEADING = "what;value;unit;better";

    /** A figure of which less is better. */
    static Measured low(String what, double value, String unit) {
        return new Measured(what, value, unit, false);
    }

    /** A figure of which more is better. */
    static Measured high(String what, double value, String unit) {
        return new Measured(what, value, unit, true);
    }

    /** Whether it is worse by a fifth or more. */
    boolean isMuchWorseThan(Measured before) {
        return isBetterHigher ? value < before.value * 0.8 : value > before.value * 1.2;
    }

    private String line() {
        return String.format(Locale.ROOT, "%s;%.3f;%s;%s", what, value, unit, isBetterHigher ? "higher" : "lower");
    }

    /** Puts figures into a file, in the place of those of the same name. */
    static void write(Path file, List<Measured> fresh) throws IOException {
        var all = read(file);
        fresh.forEach(each -> all.put(each.what(), each));
        var text = new StringBuilder(HEADING).append('\n');
        all.values().forEach(each -> text.append(each.line()).append('\n'));
        Files.writeString(file, text);
    }

    /** Those of a file, by what they are of; none when there is no file. */
    static Map<String, Measured> read(Path file) throws IOException {
        var all = new LinkedHashMap<String, Measured>();
        if (Files.exists(file)) {
            for (var line : Files.readAllLines(file)) {
                if (!line.equals(HEADING) && !line.isBlank()) {
                    var parts = List.of(line.split(";", -1));
                    all.put(
                            parts.get(0),
                            new Measured(
                                    parts.get(0),
                                    Double.parseDouble(parts.get(1)),
                                    parts.get(2),
                                    parts.get(3).equals("higher")));
                }
            }
        }
        return all;
    }
}
