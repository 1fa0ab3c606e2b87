package dev.gatehouse.simulator.world;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * The alerts of Defender for Identity, as Microsoft's documentation lists them, and the names of the techniques that
 * they name. The list is a copy of the reference catalogue, faults and all ("High or Medium"); this class is where they
 * are straightened.
 */
final class Catalogue {

    private static final Pattern SEVERITY =
            Pattern.compile("\\b(informational|low|medium|high)\\b", Pattern.CASE_INSENSITIVE);

    private static final Catalogue STANDARD = read();

    private final List<Detector> detectors;
    private final Map<String, String> techniqueNames;

    private Catalogue(List<Detector> detectors, Map<String, String> techniqueNames) {
        this.detectors = detectors;
        this.techniqueNames = techniqueNames;
    }

    static Catalogue standard() {
        return STANDARD;
    }

    List<Detector> detectors() {
        return detectors;
    }

    /** The detector with that external id or detector id; the first one where several titles share an id. */
    Detector detector(String id) {
        return detectors.stream()
                .filter(detector -> detector.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The catalogue has no detector " + id));
    }

    /** As hunting tables write a technique: {@code DCSync (T1003.006)}. */
    String spelledOut(String technique) {
        var name = Objects.requireNonNull(techniqueNames.get(technique), technique);
        return "%s (%s)".formatted(name, technique);
    }

    private static Catalogue read() {
        var detectors =
                rows("mdi-alerts.csv").stream().map(Catalogue::detectorOf).toList();
        var techniqueNames = new LinkedHashMap<String, String>();
        for (var row : rows("mitre-techniques.csv")) {
            techniqueNames.put(row.get("id"), row.get("name"));
        }
        return new Catalogue(detectors, techniqueNames);
    }

    private static Detector detectorOf(CSVRecord row) {
        var id = row.get("kind").equals("xdr") ? row.get("detector_id") : row.get("external_id");
        return new Detector(
                id,
                row.get("title").replaceFirst("\\s*-$", ""),
                severityIn(row.get("severity")),
                parts(row.get("mitre_tactics")).map(Catalogue::category).toList(),
                parts(row.get("mitre_techniques")).toList());
    }

    private static String severityIn(String text) {
        var severity = SEVERITY.matcher(text);
        if (!severity.find()) {
            throw new IllegalArgumentException("No severity in: " + text);
        }
        return severity.group(1).toLowerCase(Locale.ROOT);
    }

    /** {@code Command and Control} is {@code CommandAndControl} in an alert. */
    private static String category(String tactic) {
        return tactic.replace(" and ", " And ").replace(" ", "");
    }

    private static Stream<String> parts(String list) {
        return Stream.of(list.split(";", -1)).map(String::strip).filter(part -> !part.isEmpty());
    }

    private static List<CSVRecord> rows(String resource) {
        var format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var stream = Objects.requireNonNull(Catalogue.class.getResourceAsStream(resource), resource);
                var parser = format.parse(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return parser.getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
