package dev.gatehouse.workbench.web.pages.alerts;

import dev.gatehouse.model.EntityKind;
import dev.gatehouse.model.VendorAlert;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Who and where, for the head of an alert's page.
 *
 * @param who accounts and groups
 * @param where hosts, addresses and domains
 * @param tools applications, files, processes and addresses of the web
 */
public record AlertAnswer(List<String> who, List<String> where, List<String> tools) {

    private static final int MOST = 8;

    static AlertAnswer of(Collection<VendorAlert> alerts) {
        var who = new LinkedHashSet<String>();
        var where = new LinkedHashSet<String>();
        var tools = new LinkedHashSet<String>();
        for (var alert : alerts) {
            for (var evidence : alert.evidence()) {
                evidence.entities().stream()
                        .filter(entity -> entity.kind() != EntityKind.SID)
                        .findFirst()
                        .ifPresent(entity -> (switch (entity.kind()) {
                                    case ACCOUNT, GROUP, SID -> who;
                                    case HOST, IP_ADDRESS, DOMAIN -> where;
                                    case APPLICATION, FILE, HASH, PROCESS, URL, OTHER -> tools;
                                })
                                .add(entity.name()));
            }
        }
        return new AlertAnswer(first(who), first(where), first(tools));
    }

    private static List<String> first(Collection<String> names) {
        return names.stream().limit(MOST).toList();
    }
}
