package dev.gatehouse.intake.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Collected;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.HuntingRow;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.model.VendorIncident;

/** Reads texts in tests. */
final class Parse {

    static final TenantId CONTOSO = TenantId.parse("b3c1b5fc-828c-45fa-a1e1-10d74f6d6e9c");

    private static final Parser PARSER = new Parser();

    private Parse() {}

    static Parsed text(Feed feed, String json) {
        return PARSER.parse(CONTOSO, feed, Original.of(json));
    }

    /** Reads an alert's text, which must be readable. */
    static VendorAlert alert(String json) {
        return (VendorAlert) understood(Feed.ALERTS, json);
    }

    /** An alert with an id, a time and these members. */
    static VendorAlert alertWith(String members) {
        return alert("{\"id\":\"a1\",\"lastUpdateDateTime\":\"2026-01-02T03:04:05Z\"," + members + "}");
    }

    static VendorIncident incident(String json) {
        return (VendorIncident) understood(Feed.INCIDENTS, json);
    }

    static HuntingRow row(String json) {
        return (HuntingRow) understood(Feed.LOGON_EVENTS, json);
    }

    static String whyUnreadable(Feed feed, String json) {
        var parsed = text(feed, json);
        assertThat(parsed).isInstanceOf(Parsed.Unreadable.class);
        var unreadable = (Parsed.Unreadable) parsed;
        assertThat(unreadable.original()).isEqualTo(Original.of(json));
        return unreadable.reason();
    }

    private static Collected understood(Feed feed, String json) {
        var parsed = text(feed, json);
        assertThat(parsed).isInstanceOf(Parsed.Understood.class);
        return ((Parsed.Understood) parsed).record();
    }
}
