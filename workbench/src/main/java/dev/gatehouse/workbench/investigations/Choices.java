package dev.gatehouse.workbench.investigations;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The words that one can choose from, in the spelling of the database and the API, and as people read them. */
public final class Choices {

    public static final List<String> SEVERITIES = List.of("CRITICAL", "HIGH", "MEDIUM", "LOW", "INFO");

    public static final List<String> ATTACK_LIFECYCLE = List.of(
            "INITIAL_RECON",
            "DELIVERY",
            "EXPLOITATION",
            "INSTALLATION",
            "COMMAND_CONTROL",
            "LATERAL_MOVEMENT",
            "ACTION_TARGETS",
            "UNKNOWN");

    static final List<String> ATTACK_VECTOR = List.of(
            "DRIVE_BY",
            "PHISHING",
            "PHISHING_LINK",
            "PHISHING_ATTACHMENT",
            "REV_MEDIA",
            "SPEAR_PHISHING",
            "SPEAR_PHISHING_LINK",
            "SPEAR_PHISHING_ATTACHMENT",
            "STRAG_WEB_COMP",
            "SERVER_SIDE_VULN",
            "CRED_THEFT",
            "MISCONFIG",
            "UNKNOWN");

    static final List<String> ATTACK_TIMING = List.of("HISTORICAL", "PRESENT");

    static final List<String> THREAT_TYPE = List.of(
            "TARGETED",
            "TARGETED_APT",
            "TARGETED_RANSOMWARE",
            "BUSINESS_EMAIL_COMPROMISE",
            "NON_TARGETED",
            "NON_TARGETED_MALWARE",
            "POLICY_VIOLATION",
            "UNKNOWN",
            "RED_TEAM");

    static final List<String> DETECTION_TYPE =
            List.of("UNKNOWN", "ENDPOINT", "SIEM", "NETWORK", "EXPEL", "HUNTING", "CLOUD", "PHISHING");

    static final List<String> SOURCE_REASON =
            List.of("HUNTING", "ORGANIZATION_REPORTED", "DISCOVERY", "PHISHING", "SURRE", "VULNERABILITY");

    /** What a reader would not guess from the constant. */
    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("INFO", "Informational"),
            Map.entry("INITIAL_RECON", "Initial reconnaissance"),
            Map.entry("COMMAND_CONTROL", "Command and control"),
            Map.entry("ACTION_TARGETS", "Actions on targets"),
            Map.entry("DRIVE_BY", "Drive-by"),
            Map.entry("REV_MEDIA", "Removable media"),
            Map.entry("STRAG_WEB_COMP", "Strategic web compromise"),
            Map.entry("SERVER_SIDE_VULN", "Server-side vulnerability"),
            Map.entry("CRED_THEFT", "Credential theft"),
            Map.entry("MISCONFIG", "Misconfiguration"),
            Map.entry("TARGETED_APT", "Targeted: APT"),
            Map.entry("TARGETED_RANSOMWARE", "Targeted: ransomware"),
            Map.entry("NON_TARGETED", "Not targeted"),
            Map.entry("NON_TARGETED_MALWARE", "Not targeted: malware"),
            Map.entry("SIEM", "SIEM"),
            Map.entry("EXPEL", "SOC"),
            Map.entry("SURRE", "SURRE"));

    private Choices() {}

    /** A choice as people read it, e.g. {@code Lateral movement}; empty for none. */
    public static String title(String choice) {
        if (choice.isEmpty()) {
            return "";
        }
        return TITLES.getOrDefault(
                choice,
                choice.charAt(0) + choice.substring(1).toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    /** How severe, for sorting: 5 is worst, 0 is not said. */
    static int rank(String severity) {
        var index = SEVERITIES.indexOf(severity);
        return index < 0 ? 0 : SEVERITIES.size() - index;
    }
}
