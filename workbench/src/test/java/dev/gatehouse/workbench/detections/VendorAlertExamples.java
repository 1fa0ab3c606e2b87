package dev.gatehouse.workbench.detections;

import dev.gatehouse.intake.parse.Parsed;
import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import java.util.UUID;

/** Vendor alerts, and whose they are, in as few words as a test needs. */
final class VendorAlertExamples {

    static final UUID ACME = new UUID(0, 1);
    static final UUID GLOBEX = new UUID(0, 2);
    private static final TenantId TENANT = new TenantId(new UUID(0, 9));

    private VendorAlertExamples() {}

    static ExampleReader reader() {
        return VendorAlertExamples::read;
    }

    static VendorAlert read(Original json) {
        return switch (new Parser().parse(TENANT, Feed.ALERTS, json)) {
            case Parsed.Understood(var record) -> (VendorAlert) record;
            case Parsed.Unreadable(var _, var reason) -> throw new IllegalArgumentException(reason);
        };
    }

    /** One with these members in JSON, e.g. {@code "title":"x"}; single quotes stand for double ones. */
    static VendorAlert alert(String... members) {
        var json = """
                {'id':'da1','createdDateTime':'2026-11-23T09:00:00Z','lastUpdateDateTime':'2026-11-23T09:05:00Z',\
                'severity':'medium','status':'new','serviceSource':'microsoftDefenderForIdentity'""";
        return read(Original.of(
                (json + (members.length == 0 ? "" : "," + String.join(",", members)) + "}").replace('\'', '"')));
    }

    static Subject subject(VendorAlert alert) {
        return new Subject(alert, ACME, "Acme Ltd", "ACME", "Acme MDI");
    }

    static Subject subjectOf(UUID organization, VendorAlert alert) {
        return new Subject(alert, organization, "Somebody", "SOME", "MDI");
    }

    static String user(String name, String... roles) {
        return "{'@odata.type':'#microsoft.graph.security.userEvidence','roles':['%s'],'userAccount':{'accountName':'%s','domainName':'contoso'}}"
                .formatted(String.join("','", roles), name);
    }

    static String host(String name, String... roles) {
        return "{'@odata.type':'#microsoft.graph.security.deviceEvidence','roles':['%s'],'deviceDnsName':'%s'}"
                .formatted(String.join("','", roles), name);
    }
}
