package dev.gatehouse.cli.device;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.WorkbenchClient;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the tenants from a CSV file with a header row, or from a JSON array of objects. Headings may be written as
 * people write them: {@code Directory ID} is {@code directory_id}. What spreadsheets write is fine: semicolons or tabs, a
 * first line {@code sep=;}, rows without any value, UTF-8 or UTF-16 with a byte order mark.
 */
final class ImportFile {

    /** How spreadsheets are told what separates the columns. */
    private static final Pattern SEPARATOR_LINE = Pattern.compile("(?i)\"?sep=(.)\"?[^\\r\\n]*\\R");

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
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Failure(ExitCode.BAD_INPUT, "%s is missing or not readable.".formatted(file), e);
        }
        var text = decoded(file, bytes);
        if (text.indexOf('\0') >= 0) {
            throw notUtf8(file, "It looks like UTF-16 or UTF-32 without a byte order mark.", null);
        }
        return text;
    }

    private static String decoded(Path file, byte[] bytes) {
        if (startsWith(bytes, 0xFF, 0xFE, 0, 0) || startsWith(bytes, 0, 0, 0xFE, 0xFF)) {
            throw notUtf8(file, "It is UTF-32.", null);
        }
        // Both take the byte order from the mark, and leave the mark out.
        var isUtf16 = startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF);
        var charset = isUtf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
        try {
            var text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw notUtf8(file, "It may be Windows-1252, as spreadsheets write plain CSV.", e);
        }
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        return bytes.length >= mark.length
                && IntStream.range(0, mark.length).allMatch(index -> (bytes[index] & 0xFF) == mark[index]);
    }

    private static Failure notUtf8(Path file, String guess, @Nullable Exception cause) {
        return new Failure(
                ExitCode.BAD_INPUT, "%s is not UTF-8. %s Save it as 'CSV UTF-8'.".formatted(file, guess), cause);
    }

    private static List<ImportRow> csv(Path file, String whole) {
        var separator = SEPARATOR_LINE.matcher(whole);
        var isNamed = separator.lookingAt();
        var text = isNamed ? whole.substring(separator.end()) : whole;
        var delimiter = isNamed
                ? separator.group(1).charAt(0)
                : delimiter(text.lines().findFirst().orElse(""));
        var format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setHeader()
                .setSkipHeaderRecord(true)
                .setAllowMissingColumnNames(true)
                .setTrim(true)
                .setIgnoreEmptyLines(true)
                .get();
        try (var parser = format.parse(new StringReader(text))) {
            checkColumns(file, named(parser.getHeaderNames()));
            var rows = new ArrayList<ImportRow>();
            for (var record : parser) {
                var values = new HashMap<String, String>();
                record.toMap().forEach((name, value) -> {
                    if (!name.isBlank()) {
                        values.put(column(name), value);
                    }
                });
                if (values.values().stream().anyMatch(value -> !value.isBlank())) {
                    var line = line(whole, record.getCharacterPosition() + whole.length() - text.length());
                    rows.add(new ImportRow("line " + line, values));
                }
            }
            return List.copyOf(rows);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new Failure(ExitCode.BAD_INPUT, "%s cannot be read as CSV: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static char delimiter(String heading) {
        if (heading.indexOf('\t') >= 0) {
            return '\t';
        }
        return heading.contains(";") && !heading.contains(",") ? ';' : ',';
    }

    /** Spreadsheets write separators for every column that was ever used. */
    private static List<String> named(List<String> headings) {
        return headings.stream().filter(heading -> !heading.isBlank()).toList();
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
