package dev.gatehouse.workbench.records;

import dev.gatehouse.intake.parse.Parsed;
import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.model.Collected;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.HuntingRow;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.model.VendorIncident;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.collect.ReadPage;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.ledger.PollWindow;
import dev.gatehouse.workbench.ledger.Purpose;
import dev.gatehouse.workbench.ledger.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Records and deliveries in as few words as a test needs. */
final class Examples {

    static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");

    private Examples() {}

    static VendorAlert alert(SecurityDevice device, String id, Instant updated, String... more) {
        return (VendorAlert) parsed(device.directory(), Feed.ALERTS, alertJson(id, updated, more));
    }

    /** Members of an alert as JSON; {@code more} holds further members, which win over those here. */
    static String alertJson(String id, Instant updated, String... more) {
        return """
                {"id":"%s","lastUpdateDateTime":"%s","createdDateTime":"%s","title":"Suspected DCSync attack",\
                "severity":"high","status":"new","serviceSource":"microsoftDefenderForIdentity","incidentId":"7",\
                "mitreTechniques":["T1003.006"],"detectorId":"xdr_DcSync"%s}""".formatted(id, updated, updated.minusSeconds(60), String.join("", more));
    }

    static VendorIncident incident(SecurityDevice device, String id, Instant updated, String... more) {
        return (VendorIncident) parsed(device.directory(), Feed.INCIDENTS, """
                {"id":"%s","lastUpdateDateTime":"%s","createdDateTime":"%s","displayName":"Credential theft",\
                "severity":"high","status":"active"%s}""".formatted(
                        id, updated, updated.minusSeconds(60), String.join("", more)));
    }

    static HuntingRow logon(SecurityDevice device, String account, Instant timestamp) {
        return (HuntingRow) parsed(device.directory(), Feed.LOGON_EVENTS, """
                {"Timestamp":"%s","ActionType":"LogonSuccess","AccountName":"%s","ReportId":"1"}""".formatted(timestamp, account));
    }

    static Collected parsed(TenantId tenant, Feed feed, String json) {
        return switch (new Parser().parse(tenant, feed, Original.of(json))) {
            case Parsed.Understood(var record) -> record;
            case Parsed.Unreadable(var original, var reason) ->
                throw new IllegalArgumentException("%s: %s".formatted(original, reason));
        };
    }

    static Request request(SecurityDevice device, Feed feed, Instant at) {
        return new Request(
                device.directory(),
                feed,
                PollWindow.begin(Purpose.POLL, new Window(at.minus(Duration.ofHours(1)), at)),
                at,
                Duration.ofMillis(120),
                4_096,
                Optional.of("request-1"),
                "");
    }

    /** A page that proves that the feed is complete up to the given time. */
    static ReadPage delivery(SecurityDevice device, Feed feed, Instant watermark, Collected... records) {
        return delivery(device, feed, watermark, Arrays.asList(records));
    }

    static ReadPage delivery(SecurityDevice device, Feed feed, Instant watermark, List<? extends Collected> records) {
        return new ReadPage(
                request(device, feed, NINE),
                List.copyOf(records),
                List.of(),
                List.of(),
                Optional.of(watermark),
                Optional.empty());
    }
}
