package dev.gatehouse.workbench.detections;

import dev.gatehouse.model.Entity;
import dev.gatehouse.model.EntityKind;
import dev.gatehouse.model.VendorAlert;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The values that the hunting queries of an alert are about.
 *
 * @param accounts names as hunting tables have them, without domain
 * @param hosts with their domain where the evidence has it, and without
 * @param addresses IP addresses
 * @param from when the activity began
 * @param to when it was last seen; not before {@code from}
 */
public record HuntingParameters(
        List<String> accounts, List<String> hosts, List<String> addresses, Instant from, Instant to) {

    /** Longer lists would make queries that Microsoft refuses. */
    private static final int MOST = 100;

    public HuntingParameters {
        accounts = accounts.stream().limit(MOST).toList();
        hosts = hosts.stream().limit(MOST).toList();
        addresses = addresses.stream().limit(MOST).toList();
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("The activity ends at %s, before it begins at %s".formatted(to, from));
        }
    }

    /**
     * What the evidence of an alert's vendor alerts names.
     *
     * @param alerts at least one
     */
    public static HuntingParameters of(Collection<VendorAlert> alerts) {
        if (alerts.isEmpty()) {
            throw new IllegalArgumentException("There is no vendor alert to take values from");
        }
        var times = alerts.stream()
                .flatMap(alert -> Stream.of(
                        alert.firstActivity().orElse(alert.created()),
                        alert.lastActivity().orElse(alert.created())))
                .sorted()
                .toList();
        return new HuntingParameters(
                names(alerts, EntityKind.ACCOUNT),
                names(alerts, EntityKind.HOST),
                names(alerts, EntityKind.IP_ADDRESS),
                times.getFirst(),
                times.getLast());
    }

    private static List<String> names(Collection<VendorAlert> alerts, EntityKind kind) {
        var names = new LinkedHashSet<String>();
        alerts.stream()
                .flatMap(alert -> alert.evidence().stream())
                .flatMap(evidence -> evidence.entities().stream())
                .filter(entity -> entity.kind() == kind)
                .map(Entity::name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .forEach(name -> names.addAll(spellings(kind, name)));
        return List.copyOf(names);
    }

    /** An account as hunting tables name it: {@code jdoe} for {@code contoso\jdoe} and {@code jdoe@contoso.com}. */
    public static String accountName(String name) {
        var bare = name.substring(name.lastIndexOf('\\') + 1);
        var at = bare.indexOf('@');
        return at > 0 ? bare.substring(0, at) : bare.isEmpty() ? name : bare;
    }

    /** An account's name in Microsoft's tables has no domain; a host's has, but evidence may have left it out. */
    private static List<String> spellings(EntityKind kind, String name) {
        return switch (kind) {
            case ACCOUNT -> List.of(accountName(name));
            case HOST -> {
                var dot = name.indexOf('.');
                yield dot > 0 ? List.of(name, name.substring(0, dot)) : List.of(name);
            }
            default -> List.of(name);
        };
    }
}
