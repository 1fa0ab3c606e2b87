package dev.gatehouse.intake.parse;

import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one record's text. It is as tolerant as Microsoft's documents are inconsistent: enumerations in any case, numbers
 * as strings, older names of members, members that are missing or new. Only a record without an identity or a time is
 * given up, since it could be neither found again nor ordered. Safe for use by many threads.
 */
public final class Parser {

    /**
     * Grows with every change that lets this class read more than before: unreadable records of an earlier version are tried
     * again then. Records from before versions were counted have 0.
     */
    public static final int VERSION = 1;

    /**
     * Reads a record. Whatever its text is, this ends with an answer.
     *
     * @param tenant the directory that was asked; it stands in the result, whatever the record claims
     * @param feed the feed that the record came by
     * @param original the record's text
     */
    public Parsed parse(TenantId tenant, Feed feed, Original original) {
        try {
            return read(tenant, feed, original);
        } catch (JacksonException e) {
            return new Parsed.Unreadable(original, Reasons.of(e, original));
        } catch (RuntimeException e) {
            return new Parsed.Unreadable(original, Reasons.of(e));
        }
    }

    private static Parsed read(TenantId tenant, Feed feed, Original original) {
        var json = Json.read(original);
        if (json.isMissingNode()) {
            return new Parsed.Unreadable(original, Reasons.EMPTY);
        }
        if (!(json instanceof ObjectNode object)) {
            return new Parsed.Unreadable(
                    original,
                    "It is not a JSON object but %s"
                            .formatted(json.getNodeType().name().toLowerCase(Locale.ROOT)));
        }
        var source = new Source(tenant, feed, original, CanonicalJson.hashOf(object));
        var members = new Members(object);
        return switch (feed) {
            case ALERTS -> VendorAlertParser.parse(source, members);
            case INCIDENTS -> VendorIncidentParser.parse(source, members);
            case LOGON_EVENTS, QUERY_EVENTS, DIRECTORY_EVENTS -> HuntingRowParser.parse(source, members);
        };
    }

    /** Where a record came from and what it came as. */
    record Source(TenantId tenant, Feed feed, Original original, ContentHash version) {

        Parsed unreadable(String reason) {
            return new Parsed.Unreadable(original, reason);
        }
    }
}
