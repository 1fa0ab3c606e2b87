package dev.gatehouse.workbench.web.pages.search;

import dev.gatehouse.model.EntityKind;
import dev.gatehouse.workbench.detections.HuntingParameters;
import java.util.Optional;

/** The query with which a hunt for a name begins. */
final class HuntingText {

    private HuntingText() {}

    /**
     * What Microsoft's hunting tables say about a name in the last seven days.
     *
     * @return empty for kinds that no table of Defender for Identity has
     */
    static Optional<String> about(EntityKind kind, String name) {
        return switch (kind) {
            case ACCOUNT -> Optional.of("""
                    let name = %s;
                    union IdentityLogonEvents, IdentityDirectoryEvents, IdentityQueryEvents
                    | where Timestamp > ago(7d)
                    | where AccountName =~ name
                    | sort by Timestamp desc
                    | take 200""".formatted(quoted(HuntingParameters.accountName(name))));
            case HOST -> Optional.of("""
                    let name = %s;
                    union IdentityLogonEvents, IdentityDirectoryEvents, IdentityQueryEvents
                    | where Timestamp > ago(7d)
                    | where DeviceName =~ name or DestinationDeviceName =~ name
                    | sort by Timestamp desc
                    | take 200""".formatted(quoted(name)));
            case IP_ADDRESS -> Optional.of("""
                    let address = %s;
                    union IdentityLogonEvents, IdentityDirectoryEvents, IdentityQueryEvents
                    | where Timestamp > ago(7d)
                    | where IPAddress == address or DestinationIPAddress == address
                    | sort by Timestamp desc
                    | take 200""".formatted(quoted(name)));
            case GROUP, DOMAIN, APPLICATION, FILE, HASH, PROCESS, URL, SID, OTHER -> Optional.empty();
        };
    }

    /** As a string of the Kusto query language. */
    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + "\"";
    }
}
