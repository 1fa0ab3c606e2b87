package dev.gatehouse.workbench.context;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a value of a label is. */
public enum ValueKind {
    /** An account: {@code contoso\svc-backup}, {@code svc-backup@contoso.com}, or {@code svc-backup} in any domain. */
    USERNAME(
            "Accounts",
            "An account, with its domain or in any: contoso\\svc-backup, svc-backup@contoso.com, svc-backup."),
    /** A host: {@code srv1.contoso.com}, or {@code srv1} in any domain. */
    HOSTNAME("Hosts", "A host, with its domain or in any: srv1.contoso.com, srv1."),
    /** An IPv4 or IPv6 address. */
    IP_ADDRESS("Addresses", "An IPv4 or IPv6 address: 10.1.2.3."),
    /** All addresses of a block, e.g. {@code 10.1.0.0/16}. */
    CIDR_BLOCK("Blocks of addresses", "All addresses of a block: 10.1.0.0/16.");

    private final String title;
    private final String says;

    ValueKind(String title, String says) {
        this.title = title;
        this.says = says;
    }

    /** What people call several of them. */
    public String title() {
        return title;
    }

    /** What one is, with samples. */
    public String says() {
        return says;
    }

    /** The word in the database and the API, e.g. {@code ip_address}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind with that {@link #key()}; empty when there is none. */
    public static Optional<ValueKind> named(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
    }

    boolean isAddress() {
        return this == IP_ADDRESS || this == CIDR_BLOCK;
    }
}
