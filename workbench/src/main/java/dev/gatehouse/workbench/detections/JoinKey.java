package dev.gatehouse.workbench.detections;

import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.Entity;
import dev.gatehouse.model.EntityKind;
import dev.gatehouse.model.Evidence;
import dev.gatehouse.model.VendorAlert;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Vendor alerts of one tenant with the same key, close enough in time, are one alert. Every process makes the same of the
 * same vendor alert.
 *
 * @param value e.g. {@code suspected-dcsync-attack account contoso\jdoe}; at most 500 characters
 */
public record JoinKey(String value) {

    private static final int LONGEST = 500;

    /** Roles of what did it or was taken over; it says more than what was merely attacked. */
    private static final Set<String> MAIN_ROLES = Set.of("attacker", "compromised", "source", "added", "created");

    static JoinKey of(RuleId rule, JoinBy by, VendorAlert alert) {
        var found =
                switch (by) {
                    case ACCOUNT -> main(alert, EntityKind.ACCOUNT, "userEvidence");
                    case HOST -> main(alert, EntityKind.HOST, "deviceEvidence");
                    case VENDOR_INCIDENT -> Optional.of(alert.incidentId()).filter(id -> !id.isBlank());
                    case NONE -> Optional.<String>empty();
                };
        // Without what it is to be joined by, it joins nothing.
        var value = found.map(text -> "%s %s %s".formatted(rule, by.key(), text))
                .orElseGet(() -> "%s vendor_alert %s".formatted(rule, alert.id()));
        return new JoinKey(value.length() <= LONGEST ? value : shortened(rule, value));
    }

    private static String shortened(RuleId rule, String value) {
        return "%s sha256 %s".formatted(rule, ContentHash.of(value.getBytes(StandardCharsets.UTF_8)));
    }

    /** The account or host that the evidence is most about: by its role, then by the type, then the first. */
    private static Optional<String> main(VendorAlert alert, EntityKind kind, String type) {
        return alert.evidence().stream()
                .filter(evidence -> evidence.entities().stream().anyMatch(entity -> entity.kind() == kind))
                .min(Comparator.comparingInt((Evidence evidence) -> hasMainRole(evidence) ? 0 : 1)
                        .thenComparingInt(evidence -> evidence.type().equals(type) ? 0 : 1))
                .flatMap(evidence -> evidence.entities().stream()
                        .filter(entity -> entity.kind() == kind)
                        .findFirst())
                .map(Entity::name)
                .map(name -> name.toLowerCase(Locale.ROOT));
    }

    private static boolean hasMainRole(Evidence evidence) {
        return evidence.roles().stream().anyMatch(role -> MAIN_ROLES.contains(role.toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return value;
    }
}
