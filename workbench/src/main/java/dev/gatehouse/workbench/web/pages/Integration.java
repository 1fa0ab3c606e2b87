package dev.gatehouse.workbench.web.pages;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The technologies that a security device can be made of: the catalogue behind "Add Security Device". */
public enum Integration {
    MICROSOFT_DEFENDER_FOR_IDENTITY(
            "Microsoft Defender for Identity",
            "Vendor alerts, vendor incidents and identity events of Active Directory and Entra ID, read through Microsoft Graph.",
            "mdi azure atp active directory graph entra xdr");

    private final String title;
    private final String description;
    private final String keywords;

    Integration(String title, String description, String keywords) {
        this.title = title;
        this.description = description;
        this.keywords = keywords;
    }

    public String title() {
        return title;
    }

    public String description() {
        return description;
    }

    /** The word in deep links, e.g. {@code microsoft_defender_for_identity}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Integration> of(String slug) {
        return Arrays.stream(values())
                .filter(integration -> integration.slug().equals(slug))
                .findFirst();
    }

    /** Those that a search fits; every word has to occur. */
    static List<Integration> matching(String search) {
        var words = search.toLowerCase(Locale.ROOT).strip().split("\\s+", -1);
        return Arrays.stream(values())
                .filter(integration -> {
                    var text = (integration.title + " " + integration.keywords).toLowerCase(Locale.ROOT);
                    return Arrays.stream(words).allMatch(text::contains);
                })
                .toList();
    }
}
