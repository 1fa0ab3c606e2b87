package dev.gatehouse.intake.poll;

import dev.gatehouse.model.Original;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Cuts a page into its records without reading them: each record is the exact bytes that Microsoft sent. The members of
 * the page may come in any order. A page that is not well-formed to its last byte gives nothing.
 */
public final class PageSlicer {

    /**
     * No limits: the size of the page is limited already, and one strange record must not make the whole page unreadable,
     * which would come again for ever. The parser, which sees each record alone, has limits.
     */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final byte[] page;
    private final String listName;
    private final List<Original> records = new ArrayList<>();
    private boolean hasList;
    private Optional<String> nextLink = Optional.empty();

    private PageSlicer(byte[] page, String listName) {
        this.page = page;
        this.listName = listName;
    }

    /**
     * What a page holds.
     *
     * @param records the elements of its list
     * @param nextLink the text of {@code @odata.nextLink}, when there is one
     */
    public record Slices(List<Original> records, Optional<String> nextLink) {}

    /**
     * Cuts a page.
     *
     * @param listName the member that holds the records: {@code value} or {@code results}
     * @throws UnreadablePage when the text is not well-formed, or holds no such list
     */
    public static Slices slice(byte[] page, String listName) throws UnreadablePage {
        var slicer = new PageSlicer(page, listName);
        try (var json = FACTORY.createParser(ObjectReadContext.empty(), page)) {
            slicer.readPage(json);
        } catch (JacksonException e) {
            throw notWellFormed(e, page);
        }
        if (!slicer.hasList) {
            throw new UnreadablePage("It has no list named '%s'.".formatted(listName));
        }
        return new Slices(slicer.records, slicer.nextLink);
    }

    /**
     * Takes an answer that is one record and no page.
     *
     * @throws UnreadablePage when the text is no well-formed JSON object
     */
    static Original whole(byte[] record) throws UnreadablePage {
        try (var json = FACTORY.createParser(ObjectReadContext.empty(), record)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadablePage("It is not a JSON object.");
            }
            json.skipChildren();
            if (json.nextToken() != null) {
                throw new UnreadablePage("It goes on behind its end.");
            }
        } catch (JacksonException e) {
            throw notWellFormed(e, record);
        }
        return new Original(record);
    }

    /** Jackson's message quotes the text, and alert bodies stay out of logs. */
    private static UnreadablePage notWellFormed(JacksonException cause, byte[] text) {
        return new UnreadablePage("It is not well-formed JSON near byte %d of %d."
                .formatted(
                        cause.getLocation() == null ? -1 : cause.getLocation().getByteOffset(), text.length));
    }

    private void readPage(JsonParser json) throws UnreadablePage {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new UnreadablePage("It is not a JSON object.");
        }
        for (var name = json.nextName(); name != null; name = json.nextName()) {
            var token = json.nextToken();
            if (name.equals(listName) && token == JsonToken.START_ARRAY) {
                hasList = true;
                readList(json);
            } else if (name.equals("@odata.nextLink") && token == JsonToken.VALUE_STRING) {
                nextLink = Optional.of(json.getString());
            } else {
                json.skipChildren();
            }
        }
        if (json.nextToken() != null) {
            throw new UnreadablePage("It goes on behind its end.");
        }
    }

    private void readList(JsonParser json) throws UnreadablePage {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            var from = json.currentTokenLocation().getByteOffset();
            json.skipChildren();
            json.finishToken();
            var to = json.currentLocation().getByteOffset();
            if (from < 0 || to > page.length) {
                throw new UnreadablePage("It is not in UTF-8.");
            }
            records.add(Original.cutFrom(page, (int) from, (int) to));
        }
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
