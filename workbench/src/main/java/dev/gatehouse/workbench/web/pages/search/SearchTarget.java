package dev.gatehouse.workbench.web.pages.search;

import dev.gatehouse.model.EntityKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What can be searched for, in the order in which it is shown. */
public enum SearchTarget {
    CASES("case", "Investigations and incidents"),
    ACCOUNTS("account", "Accounts and groups"),
    HOSTS("host", "Hosts"),
    ADDRESSES("ip", "IP addresses"),
    HASHES("hash", "Hashes"),
    ALERTS("alert", "Alerts"),
    FILES("file", "Files and processes"),
    NAMES("name", "Domains, URLs and applications"),
    REMARKS("text", "Comments and findings"),
    VENDOR_INCIDENTS("vendor-incident", "Vendor incidents"),
    DEVICES("device", "Security devices"),
    ORGANIZATIONS("organization", "Organizations"),
    PEOPLE("person", "People"),
    RULES("rule", "Detection rules");

    private final String key;
    private final String title;

    SearchTarget(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** What stands before the colon to search for this alone: {@code host:} and so on. */
    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    /** The kinds of names that this is about; empty when it is about no names. */
    Set<EntityKind> kinds() {
        return switch (this) {
            case ACCOUNTS -> Set.of(EntityKind.ACCOUNT, EntityKind.GROUP, EntityKind.SID);
            case HOSTS -> Set.of(EntityKind.HOST);
            case ADDRESSES -> Set.of(EntityKind.IP_ADDRESS);
            case HASHES -> Set.of(EntityKind.HASH);
            case FILES -> Set.of(EntityKind.FILE, EntityKind.PROCESS);
            case NAMES -> Set.of(EntityKind.DOMAIN, EntityKind.URL, EntityKind.APPLICATION, EntityKind.OTHER);
            case CASES, ALERTS, REMARKS, VENDOR_INCIDENTS, DEVICES, ORGANIZATIONS, PEOPLE, RULES -> Set.of();
        };
    }

    static Optional<SearchTarget> of(String key) {
        var wanted = key.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(target -> target.key.equals(wanted))
                .findFirst();
    }

    /** The one that names of a kind are shown under. */
    static SearchTarget of(EntityKind kind) {
        return Arrays.stream(values())
                .filter(target -> target.kinds().contains(kind))
                .findFirst()
                .orElseThrow();
    }

    /** All of them, one before the others. */
    static List<SearchTarget> beginningWith(SearchTarget first) {
        var others = Arrays.stream(values()).filter(target -> target != first);
        return Stream.concat(Stream.of(first), others).toList();
    }
}
