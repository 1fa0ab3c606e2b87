package dev.gatehouse.workbench.web.frame;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Microsoft's words as people read them. Words that we have never seen come out readable too: {@code someNewState}
 * becomes {@code Some new state}.
 */
@Component
public class Words {

    private static final Pattern HUMP = Pattern.compile("(?<=[\\p{Ll}\\d])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

    private static final int NAMES_IN_A_CELL = 3;

    private static final int LONGEST_IN_A_LIST = 300;

    private static final Set<String> SEVERITIES = Set.of("critical", "high", "medium", "low", "informational");

    private static final Map<String, String> PRODUCTS = Map.of(
            "microsoftdefenderforidentity", "Microsoft Defender for Identity",
            "microsoftdefenderforendpoint", "Microsoft Defender for Endpoint",
            "microsoftdefenderforcloudapps", "Microsoft Defender for Cloud Apps",
            "microsoftdefenderforoffice365", "Microsoft Defender for Office 365",
            "microsoft365defender", "Microsoft 365 Defender",
            "azureadidentityprotection", "Microsoft Entra ID Protection",
            "azureatp", "Microsoft Defender for Identity");

    /** Names that people write in a way of their own, with the humps that Microsoft gives them. */
    private static final Map<String, String> NAMES = Map.of(
            "ioT", "IoT",
            "IoT", "IoT",
            "gitHub", "GitHub",
            "GitHub", "GitHub",
            "oauth", "OAuth",
            "OAuth", "OAuth",
            "aiAgent", "AI agent",
            "googleCloud", "Google Cloud",
            "activeDirectory", "Active Directory",
            "azureAd", "Entra");

    private static final Pattern NAME = Pattern.compile(
            "^(%s)(?=\\p{Lu}|$)".formatted(NAMES.keySet().stream().sorted().collect(Collectors.joining("|"))));

    private static final Set<String> ABBREVIATIONS = Set.of(
            "ad", "av", "dns", "guid", "id", "ip", "mac", "mde", "nt", "os", "rbac", "sas", "sha1", "sha256", "md5",
            "sid", "ttl", "upn", "uri", "url", "urls", "urn", "utc", "vm");

    /** {@code inProgress} to {@code In progress}; an absent word to a dash. */
    public String of(String word) {
        if (word.isBlank()) {
            return "–";
        }
        var spaced = HUMP.matcher(word.replace('_', ' ')).replaceAll(" ").strip();
        return spaced.substring(0, 1).toUpperCase(Locale.ROOT)
                + spaced.substring(1).toLowerCase(Locale.ROOT);
    }

    /** A tactic, each word with a capital as MITRE writes them: {@code CredentialAccess} to {@code Credential Access}. */
    public String tactic(String category) {
        return category.isBlank() ? "–" : HUMP.matcher(category).replaceAll(" ");
    }

    /** A product by the name that it is sold under. */
    public String product(String word) {
        return PRODUCTS.getOrDefault(word.toLowerCase(Locale.ROOT), of(word));
    }

    /** Which of the sheet's colours a severity has. */
    public String severityClass(String severity) {
        var word = severity.toLowerCase(Locale.ROOT);
        return SEVERITIES.contains(word) ? word : "unknown";
    }

    /** Which colour a verdict or role has: what is certainly bad, what may be, and the rest. */
    public String alarm(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "malicious", "attacker", "compromised", "commandandcontrol" -> "bad";
            case "suspicious", "attacked" -> "warning";
            default -> "";
        };
    }

    /** What kind of thing a piece of evidence is: {@code userEvidence} to {@code User}. */
    public String evidence(String type) {
        return switch (type) {
            case "ipEvidence" -> "IP address";
            case "alertEvidence" -> "Evidence";
            case "nicEvidence" -> "Network adapter";
            case "amazonResourceEvidence" -> "AWS resource";
            case "analyzedMessageEvidence" -> "Email message";
            case "submissionMailEvidence" -> "Submitted email";
            default -> named(type.endsWith("Evidence") ? type.substring(0, type.length() - "Evidence".length()) : type);
        };
    }

    /** A name of Microsoft's in the spelling that people know: {@code ioTDevice} to {@code IoT device}. */
    private String named(String word) {
        var name = NAME.matcher(word);
        if (name.find()) {
            var rest = word.substring(name.end());
            return NAMES.get(name.group(1)) + (rest.isEmpty() ? "" : " " + lowered(named(rest)));
        }
        return Arrays.stream(of(word).split(" ", -1))
                .map(part ->
                        ABBREVIATIONS.contains(part.toLowerCase(Locale.ROOT)) ? part.toUpperCase(Locale.ROOT) : part)
                .collect(Collectors.joining(" "));
    }

    /** As a word stands inside a sentence: an abbreviation or a name stays as it is. */
    private static String lowered(String words) {
        var first = words.split(" ", 2)[0];
        var isOrdinary =
                !first.isEmpty() && first.substring(1).equals(first.substring(1).toLowerCase(Locale.ROOT));
        return isOrdinary && !NAMES.containsValue(first)
                ? words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1)
                : words;
    }

    /** A property of evidence: {@code userAccount.accountName} to {@code User account · account name}. */
    public String property(String path) {
        var parts = path.split("\\.", -1);
        var text = new StringBuilder();
        for (var part : parts) {
            text.append(text.isEmpty() ? "" : " · ").append(text.isEmpty() ? named(part) : lowered(named(part)));
        }
        return text.toString();
    }

    /**
     * The first few names of those involved in a vendor alert. An account that comes as {@code contoso\jdoe} and as
     * {@code jdoe@contoso.com} is named once.
     */
    public List<String> involved(List<String> names) {
        return names.stream()
                .filter(name -> names.stream().noneMatch(other -> isSameAccount(name, other)))
                .limit(NAMES_IN_A_CELL)
                .toList();
    }

    private static boolean isSameAccount(String principal, String account) {
        var at = principal.indexOf('@');
        return at > 0
                && account.toLowerCase(Locale.ROOT)
                        .endsWith("\\" + principal.substring(0, at).toLowerCase(Locale.ROOT));
    }

    /** Names in one line, accounts without the domain before them: {@code jdoe, DC01}. */
    public String withoutDomains(List<String> names) {
        return names.stream()
                .map(name -> name.substring(name.lastIndexOf('\\') + 1))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** A text of Microsoft's for a list, a heading or a tag, cut so that a long one does not break the page. */
    public String brief(String text) {
        return brief(text, LONGEST_IN_A_LIST);
    }

    /** The beginning of a text, of so many characters. */
    public String brief(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }

    /** {@code 1 vendor alert}, {@code 2 vendor alerts}. */
    public String count(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    /** {@code 1,234}. */
    public String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Bytes in the unit that fits: {@code 12 kB}. */
    public String size(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        return bytes < 1_000_000
                ? number(Math.round(bytes / 1e3)) + " kB"
                : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }
}
