package dev.gatehouse.workbench.generate;

import dev.gatehouse.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A made-up directory: who and what there is in it.
 *
 * @param tenant its id
 * @param domain its name, e.g. {@code acme.example}
 * @param vendorAlerts how many there are to be
 * @param accounts its accounts, those that attract attention first
 * @param hosts its computers, likewise
 * @param addresses that sign-ins come from
 * @param dice what happens in it
 */
record Directory(
        TenantId tenant,
        String domain,
        int vendorAlerts,
        List<String> accounts,
        List<String> hosts,
        List<String> addresses,
        Dice dice) {

    private static final List<String> FIRST = List.of(
            "ada", "ben", "carla", "dario", "elena", "femi", "greta", "hugo", "ines", "jonas", "kira", "lars", "mina",
            "nils", "olga", "pavel", "quinn", "rosa", "sven", "tara", "udo", "vera", "wim", "xenia", "yusuf", "zoe");
    private static final List<String> LAST = List.of(
            "abbott", "bauer", "costa", "diaz", "ekwall", "fischer", "garcia", "hansen", "ito", "jansen", "keller",
            "lopez", "moreau", "novak", "okafor", "petrov", "quist", "rossi", "schmidt", "tanaka", "ueda", "vogel",
            "weber", "xu", "young", "zeman");
    private static final List<String> SERVICES =
            List.of("svc-backup", "svc-sql", "svc-scan", "svc-deploy", "svc-monitor", "adconnect", "krbtgt-admin");
    private static final List<String> COMPUTERS = List.of("ws", "lt", "srv", "sql", "web", "file", "app");

    Directory {
        accounts = List.copyOf(accounts);
        hosts = List.copyOf(hosts);
        addresses = List.copyOf(addresses);
    }

    static Directory of(TenantId tenant, String domain, int vendorAlerts, Dice dice) {
        var size = Math.clamp(vendorAlerts / 6, 12, 4_000);
        var accounts = new ArrayList<>(SERVICES);
        for (var at = accounts.size(); at < size; at++) {
            accounts.add("%s.%s%s".formatted(dice.of(FIRST), dice.of(LAST), at < 200 ? "" : Integer.toString(at)));
        }
        var hosts = new ArrayList<>(List.of("dc01", "dc02", "adfs01", "ca01"));
        for (var at = hosts.size(); at < size; at++) {
            hosts.add(String.format(Locale.ROOT, "%s%04d", dice.of(COMPUTERS), at));
        }
        var network = dice.below(256);
        var addresses = new ArrayList<String>();
        for (var at = 0; at < size; at++) {
            addresses.add(
                    at % 5 == 4
                            ? "203.0.%d.%d".formatted(dice.below(256), 1 + dice.below(254))
                            : "10.%d.%d.%d".formatted(network, at / 250, 1 + at % 250));
        }
        return new Directory(
                tenant, domain, vendorAlerts, accounts.stream().distinct().toList(), hosts, addresses, dice);
    }
}
