package dev.gatehouse.intake.diagnose;

import dev.gatehouse.intake.http.Answer;
import dev.gatehouse.intake.http.Warning;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether an answer with records is all of what was asked for, as far as its status and its {@code Warning} headers tell.
 *
 * <p>Graph's federated calls answer 206, or 200 with a warning, when a product behind them did not answer, and name it:
 * {@code 199 - "Microsoft/WDATP/504/10000"}, which is vendor, product, status and milliseconds. That another product than
 * ours was silent takes nothing from us. Whatever cannot be told counts as ours.
 *
 * @param isWhole whether nothing says that a part of it may be missing
 * @param words what Microsoft said, as it came; empty when it said nothing
 * @see <a href="https://learn.microsoft.com/graph/api/resources/security-error-codes">Graph security API error codes</a>
 */
public record Completeness(boolean isWhole, String words) {

    private static final Pattern PRODUCT = Pattern.compile("([^/\"]+)/([^/\"]+)/(\\d{3})/\\d+");

    /** Products whose alerts we do not read, by the names that Microsoft gives them, in lower case without blanks. */
    private static final Set<String> OTHERS = Set.of(
            "wdatp",
            "mdatp",
            "mde",
            "windowsdefenderatp",
            "microsoftdefenderatp",
            "microsoftdefenderforendpoint",
            "asc",
            "azuresecuritycenter",
            "microsoftdefenderforcloud",
            "mcas",
            "mda",
            "cloudappsecurity",
            "microsoftcloudappsecurity",
            "microsoftdefenderforcloudapps",
            "ipc",
            "identityprotection",
            "azureadidentityprotection",
            "azureactivedirectoryidentityprotection",
            "aip",
            "azureinformationprotection",
            "oatp",
            "mdo",
            "office365",
            "office365securityandcompliance",
            "microsoftdefenderforoffice365",
            "azuresentinel",
            "sentinel",
            "microsoftsentinel");

    /** A product behind a federated call that did not answer. */
    private record Silent(String vendor, String name) {

        boolean mayBeOurs() {
            return plain(vendor).endsWith("microsoft") && !OTHERS.contains(plain(name));
        }

        private static String plain(String text) {
            return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        }
    }

    /** Reads an answer of status 200 or 206. */
    public static Completeness of(Answer answer) {
        var warnings = Warning.of(answer.headers());
        var words = warnings.stream().map(Warning::text).collect(Collectors.joining("; "));
        var silent =
                warnings.stream().flatMap(warning -> silent(warning).stream()).toList();
        // That a part is missing is explained only by somebody who is named, and is not us.
        var isUnexplained = answer.status() == 206 && silent.isEmpty();
        var isStale = warnings.stream().anyMatch(Completeness::isStale);
        return new Completeness(!isUnexplained && !isStale && silent.stream().noneMatch(Silent::mayBeOurs), words);
    }

    /** A cache that did not ask: true as of some time ago, and no look at how things are now. */
    private static boolean isStale(Warning warning) {
        return warning.code() >= 110 && warning.code() <= 113;
    }

    private static List<Silent> silent(Warning warning) {
        return PRODUCT.matcher(warning.text())
                .results()
                .filter(named -> Integer.parseInt(named.group(3)) >= 400)
                .map(named -> new Silent(named.group(1), named.group(2)))
                .toList();
    }
}
