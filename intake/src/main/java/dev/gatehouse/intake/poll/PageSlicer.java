package dev.gatehouse.intake.poll;

import dev.gatehouse.intake.http.BodyTaker;
import dev.gatehouse.model.Original;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Cuts a page into its records while it comes, without reading them: each record is the exact bytes that Microsoft sent, and
 * they are held once. The members of the page may come in any order. A page that is not well-formed to its last byte gives
 * nothing, and no more of it is taken than up to where that shows.
 */
public final class PageSlicer implements BodyTaker {

    /**
     * Deeper than anything means something. The parser, which sees each record alone, stops earlier and makes one strange
     * record unreadable; here it would be the whole page.
     */
    static final int DEEPEST = 10_000;

    private static final int LONGEST_TEXT = 1024 * 1024;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    // Texts inside of records are passed over and count for nothing here; these are links and names.
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(LONGEST_TEXT)
                    .maxNumberLength(LONGEST_TEXT)
                    .build())
            .build();

    private final Optional<String> listName;
    private final int largestRecord;
    private final List<Original> records = new ArrayList<>();
    private boolean hasList;
    private Optional<String> nextLink = Optional.empty();
    private OptionalLong count = OptionalLong.empty();
    private @Nullable String trouble = "It has no body.";

    private PageSlicer(Optional<String> listName, int largestRecord) {
        this.listName = listName;
        this.largestRecord = largestRecord;
    }

    /**
     * For an answer that is a page.
     *
     * @param listName the member that holds the records: {@code value} or {@code results}
     * @param largestRecord how large a record may be, in bytes
     */
    public static PageSlicer ofList(String listName, int largestRecord) {
        return new PageSlicer(Optional.of(listName), largestRecord);
    }

    /**
     * For an answer that is one record and no page.
     *
     * @param largestRecord how large it may be, in bytes
     */
    static PageSlicer ofRecord(int largestRecord) {
        return new PageSlicer(Optional.empty(), largestRecord);
    }

    /**
     * What a page holds.
     *
     * @param records the elements of its list
     * @param nextLink the text of {@code @odata.nextLink}, when there is one
     * @param count the number in {@code @odata.count}, when there is one that makes sense
     */
    public record Slices(List<Original> records, Optional<String> nextLink, OptionalLong count) {}

    /**
     * Cuts a page. Whether it could be, {@link #slices()} tells.
     *
     * @throws RecordTooBig when a record is larger than it may be
     */
    @Override
    public void take(InputStream body) throws IOException {
        var tape = new RecordTape(body, largestRecord);
        try (var json = FACTORY.createParser(ObjectReadContext.empty(), tape)) {
            trouble = listName.isPresent() ? readPage(json, tape, listName.get()) : readRecord(json, tape);
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (StreamConstraintsException e) {
            trouble =
                    "Near byte %d it is nested deeper than %d levels, or has a name or number longer than %d characters."
                            .formatted(tape.count(), DEEPEST, LONGEST_TEXT);
        } catch (JacksonException e) {
            // Jackson's message quotes the text, and alert bodies stay out of logs.
            trouble = "It is not well-formed JSON near byte %d."
                    .formatted(e.getLocation() == null ? -1 : e.getLocation().getByteOffset());
        }
    }

    /**
     * What was cut.
     *
     * @throws UnreadablePage when the text is not well-formed, or holds no such list, or is no JSON object
     */
    public Slices slices() throws UnreadablePage {
        if (trouble != null) {
            throw new UnreadablePage(trouble);
        }
        return new Slices(records, nextLink, count);
    }

    private @Nullable String readRecord(JsonParser json, RecordTape tape) throws IOException {
        tape.keepFrom(0);
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return "It is not a JSON object.";
        }
        if (!cut(json, tape)) {
            return "It is not in UTF-8.";
        }
        return json.nextToken() == null ? null : "It goes on behind its end.";
    }

    private @Nullable String readPage(JsonParser json, RecordTape tape, String list) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return "It is not a JSON object.";
        }
        for (var name = json.nextName(); name != null; name = json.nextName()) {
            var token = json.nextToken();
            if (name.equals(list) && token == JsonToken.START_ARRAY) {
                hasList = true;
                tape.keepFrom(json.currentLocation().getByteOffset());
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    if (!cut(json, tape)) {
                        return "It is not in UTF-8.";
                    }
                }
                tape.keepNothing();
            } else if (name.equals("@odata.nextLink") && token == JsonToken.VALUE_STRING) {
                nextLink = Optional.of(json.getString());
            } else if (name.equals("@odata.count")
                    && (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING)) {
                count = count(json.getString());
            } else {
                json.skipChildren();
            }
        }
        if (json.nextToken() != null) {
            return "It goes on behind its end.";
        }
        return hasList ? null : "It has no list named '%s'.".formatted(list);
    }

    /** Int64 with at most 18 digits; OData writes it as a number, or as text for clients that ask for that. */
    private static OptionalLong count(String digits) {
        return digits.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }

    /** Cuts out the value that begins here; not possible in an encoding whose bytes Jackson does not count. */
    private boolean cut(JsonParser json, RecordTape tape) throws IOException {
        var from = json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        json.finishToken();
        var to = json.currentLocation().getByteOffset();
        if (from < 0 || to < 0) {
            return false;
        }
        records.add(tape.cut(from, to));
        return true;
    }

    /** Why a page cannot be cut. */
    public static final class UnreadablePage extends Exception {

        private final String reason;

        UnreadablePage(String reason) {
            super(reason);
            this.reason = reason;
        }

        /** A sentence that quotes nothing of the page. */
        public String reason() {
            return reason;
        }
    }
}
