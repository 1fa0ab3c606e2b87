package dev.gatehouse.workbench.platform.database;

import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Trouble;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How the model's values go into PostgreSQL's columns, and come out again. */
public final class Columns {

    /** What both {@code timestamptz} and its text form hold without special cases. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private static final int LONGEST_KEY = 500;

    /** In UTF-8. An index entry takes 2704 bytes at most, and may hold two keys. */
    private static final int LONGEST_KEY_BYTES = 1_200;

    /** Of a text that is too long, what stands before its hash; so short that the whole is no longer than a key may be. */
    private static final int BEGINNING = 400;

    private static final int BEGINNING_BYTES = 1_100;

    private Columns() {}

    /**
     * A time as {@code timestamptz}. PostgreSQL would round Microsoft's seventh digit; a checkpoint that was rounded up
     * would skip records, so it is cut.
     */
    public static OffsetDateTime timestamp(Instant instant) {
        var cut = instant.truncatedTo(ChronoUnit.MICROS);
        var within = cut.isBefore(EARLIEST) ? EARLIEST : cut.isAfter(LATEST) ? LATEST : cut;
        return within.atOffset(ZoneOffset.UTC);
    }

    /** The same for a time that may be absent. */
    public static @Nullable OffsetDateTime optionalTimestamp(Optional<Instant> instant) {
        return instant.map(Columns::timestamp).orElse(null);
    }

    /** A text as PostgreSQL can hold it: all but the character NUL, which JSON can carry. */
    public static String text(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    /**
     * A pattern for {@code like} that fits whatever has this text in it. What somebody types is text and no pattern: {@code
     * contoso\jdoe} and {@code svc_sql} are names.
     */
    public static String containing(String text) {
        return "%" + text(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    /**
     * A text as an indexed column can hold it: an index entry takes 2704 bytes at most. Microsoft's ids are shorter by
     * far; a file path or an address in evidence need not be. A longer one is its beginning and its hash, so that two that
     * begin alike stay two. A key's key is itself.
     */
    public static String key(String text) {
        var clean = text(text);
        if (clean.length() <= LONGEST_KEY / 4) {
            return clean;
        }
        var utf8 = clean.getBytes(StandardCharsets.UTF_8);
        return clean.length() <= LONGEST_KEY && utf8.length <= LONGEST_KEY_BYTES
                ? clean
                : beginning(clean) + "…" + ContentHash.of(utf8);
    }

    private static String beginning(String text) {
        var end = 0;
        var bytes = 0;
        while (end < text.length()) {
            var point = text.codePointAt(end);
            bytes += Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
            if (end + Character.charCount(point) > BEGINNING || bytes > BEGINNING_BYTES) {
                break;
            }
            end += Character.charCount(point);
        }
        return text.substring(0, end);
    }

    /** A {@code timestamptz} that is never null. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A {@code timestamptz} that may be null. */
    public static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /**
     * A diagnosis out of the columns {@code trouble}, {@code trouble_cause}, {@code trouble_cure}, {@code trouble_code},
     * {@code trouble_status} and one for the request; empty when there is no trouble.
     */
    public static Optional<Diagnosis> diagnosis(ResultSet row, String requestColumn) throws SQLException {
        var trouble = row.getString("trouble");
        if (trouble == null) {
            return Optional.empty();
        }
        var status = row.getObject("trouble_status", Integer.class);
        return Optional.of(new Diagnosis(
                Trouble.of(trouble),
                row.getString("trouble_cause"),
                row.getString("trouble_cure"),
                Optional.ofNullable(row.getString("trouble_code")),
                status == null ? OptionalInt.empty() : OptionalInt.of(status),
                Optional.ofNullable(row.getString(requestColumn)),
                Optional.empty()));
    }

    /** Texts as PostgreSQL writes a {@code text[]}, for a column of arrays that is given as one array of them. */
    public static String array(Collection<String> texts) {
        var array = new StringBuilder("{");
        var separator = "";
        for (var text : texts) {
            array.append(separator)
                    .append('"')
                    .append(text(text).replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
            separator = ",";
        }
        return array.append('}').toString();
    }

    /** A {@code text[]}. */
    public static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
