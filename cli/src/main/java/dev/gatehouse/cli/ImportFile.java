package dev.gatehouse.cli;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the tenants from a CSV file with a header row, or from a JSON array of objects. Headings may be written as
 * people write them: {@code Directory ID} is {@code directory_id}. Excel's semicolons and byte order mark are fine.
 */
final class ImportFile {

    private ImportFile() {}

    /**
     * Reads all rows.
     *
     * @throws Failure when the file as a whole cannot be used; a bad row is no reason
     */
    static List<ImportRow> read(Path file) {
        var text = text(file);
        var rows = text.stripLeading().startsWith("[") || file.toString().endsWith(".json")
                ? json(file, text)
                : csv(file, text);
        if (rows.isEmpty()) {
            throw new Failure(ExitCode.BAD_INPUT, "There is no tenant in %s.".formatted(file));
        }
        return rows;
    }

    private static String text(Path file) {
        try {
            var text = Files.readString(file);
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (MalformedInputException e) {
            throw new Failure(ExitCode.BAD_INPUT, "%s is not UTF-8. Save it as 'CSV UTF-8'.".formatted(file), e);
        } catch (IOException e) {
            throw new Failure(ExitCode.BAD_INPUT, "%s is missing or not readable.".formatted(file), e);
        }
    }

    private static List<ImportRow> csv(Path file, String text) {
        var heading = text.lines().findFirst().orElse("");
        var delimiter = heading.contains(";") && !heading.contains(",") ? ';' : ',';
        var format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .setIgnoreEmptyLines(true)
                .get();
        try (var parser = format.parse(new StringReader(text))) {
            checkColumns(file, parser.getHeaderNames());
            var rows = new ArrayList<ImportRow>();
            for (var record : parser) {
                var values = new HashMap<String, String>();
                record.toMap().forEach((name, value) -> values.put(column(name), value));
                rows.add(new ImportRow("line " + line(text, record.getCharacterPosition()), values));
            }
            return List.copyOf(rows);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new Failure(ExitCode.BAD_INPUT, "%s cannot be read as CSV: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static List<ImportRow> json(Path file, String text) {
        JsonNode array;
        try {
            array = WorkbenchClient.JSON.readTree(text);
        } catch (JacksonException e) {
            throw new Failure(
                    ExitCode.BAD_INPUT,
                    "%s is not JSON: %s, line %d."
                            .formatted(
                                    file,
                                    e.getOriginalMessage(),
                                    e.getLocation().getLineNr()),
                    e);
        }
        if (!array.isArray()) {
            throw new Failure(ExitCode.BAD_INPUT, "%s must hold a JSON array of objects.".formatted(file));
        }
        var rows = new ArrayList<ImportRow>();
        for (var entry : array) {
            var place = "entry " + (rows.size() + 1);
            if (!entry.isObject()) {
                throw new Failure(ExitCode.BAD_INPUT, "%s, %s: must be an object.".formatted(file, place));
            }
            var values = new HashMap<String, String>();
            entry.forEachEntry(
                    (name, value) -> values.put(column(name), value.asString("").strip()));
            checkColumns(file, values.keySet());
            rows.add(new ImportRow(place, values));
        }
        return List.copyOf(rows);
    }

    private static long line(String text, long position) {
        return 1
                + text.chars()
                        .limit(position)
                        .filter(character -> character == '\n')
                        .count();
    }

    // A mistyped heading would otherwise show as hundreds of rows without a secret.
    private static void checkColumns(Path file, Collection<String> names) {
        var unknown = new TreeSet<String>();
        for (var name : names) {
            if (!ImportRow.COLUMNS.contains(column(name))) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            throw new Failure(
                    ExitCode.BAD_INPUT,
                    "%s has columns that mean nothing here: %s. These do: %s."
                            .formatted(
                                    file,
                                    String.join(", ", unknown),
                                    String.join(", ", new TreeSet<>(ImportRow.COLUMNS))));
        }
    }

    private static String column(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replaceAll("[ -]+", "_");
    }
}
