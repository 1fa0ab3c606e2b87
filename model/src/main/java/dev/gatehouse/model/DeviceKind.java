package dev.gatehouse.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A technology that a security device can be made of: an entry of the catalogue behind "Add Security Device". What the
 * catalogue shows, which fields the form has, which streams are read and which vendor alerts are kept follow from what
 * stands here. A directory may have one device of each kind, and is read once for all of them.
 */
public enum DeviceKind {
    DEFENDER_FOR_IDENTITY(
            "microsoft_defender_for_identity",
            "Microsoft Defender for Identity",
            "Vendor alerts, vendor incidents and identity events of Active Directory and Entra ID, read through Microsoft Graph.",
            "mdi azure atp active directory graph entra",
            Optional.of(Product.DEFENDER_FOR_IDENTITY),
            List.of(Feed.values()),
            DeviceField.ALL),
    DEFENDER_XDR(
            "microsoft_defender_xdr",
            "Microsoft Defender XDR",
            "Vendor alerts and vendor incidents of all Defender products of a tenant, and identity events, read through Microsoft Graph.",
            "microsoft 365 defender endpoint office cloud apps graph entra",
            Optional.empty(),
            List.of(Feed.values()),
            DeviceField.ALL);

    /** A product of Microsoft's that makes vendor alerts. */
    public enum Product {
        DEFENDER_FOR_IDENTITY
    }

    /** The kind of a device when nobody says. */
    public static final DeviceKind USUAL = DEFENDER_FOR_IDENTITY;

    private final String key;
    private final String title;
    private final String description;
    private final String keywords;
    private final Optional<Product> product;

    // The constants give lists that cannot be changed.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Feed> feeds;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<DeviceField> fields;

    DeviceKind(
            String key,
            String title,
            String description,
            String keywords,
            Optional<Product> product,
            List<Feed> feeds,
            List<DeviceField> fields) {
        this.key = key;
        this.title = title;
        this.description = description;
        this.keywords = keywords;
        this.product = product;
        this.feeds = feeds;
        this.fields = fields;
    }

    /** The name in the database, the API, the command line and in deep links, e.g. {@code microsoft_defender_xdr}. */
    public String key() {
        return key;
    }

    /** The name on the screen, as Microsoft calls the product. */
    public String title() {
        return title;
    }

    /** A sentence for the catalogue. */
    public String description() {
        return description;
    }

    /** The product whose vendor alerts it shows; empty for all of a tenant. */
    public Optional<Product> product() {
        return product;
    }

    /** The streams that it needs. */
    public List<Feed> feeds() {
        return feeds;
    }

    /** The fields of its form. */
    public List<DeviceField> fields() {
        return fields;
    }

    /** The kind with that key; the title is understood, too. */
    public static Optional<DeviceKind> of(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.key.equalsIgnoreCase(text) || kind.title.equalsIgnoreCase(text))
                .findFirst();
    }

    /** Those that a search fits: every word has to occur. */
    public static List<DeviceKind> matching(String search) {
        var words = search.toLowerCase(Locale.ROOT).strip().split("\\s+", -1);
        return Arrays.stream(values())
                .filter(kind -> {
                    var text = (kind.title + " " + kind.keywords).toLowerCase(Locale.ROOT);
                    return Arrays.stream(words).allMatch(text::contains);
                })
                .toList();
    }

    /** Whether it shows everything that another kind shows. */
    private boolean covers(DeviceKind other) {
        return product.isEmpty() || product.equals(other.product);
    }

    /** The kinds for which everything is kept when these are there: themselves, and those that show a part of it. */
    public static Set<DeviceKind> covered(Collection<DeviceKind> present) {
        return Arrays.stream(values())
                .filter(kind -> present.stream().anyMatch(each -> each.covers(kind)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DeviceKind.class)));
    }

    /** The kinds that show a vendor alert of these products. */
    public static Set<DeviceKind> showing(Set<Product> products) {
        return Arrays.stream(values())
                .filter(kind -> kind.product.isEmpty() || products.contains(kind.product.get()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DeviceKind.class)));
    }
}
