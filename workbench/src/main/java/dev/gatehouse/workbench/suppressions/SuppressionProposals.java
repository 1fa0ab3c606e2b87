package dev.gatehouse.workbench.suppressions;

import dev.gatehouse.model.Entity;
import dev.gatehouse.model.EntityKind;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.VendorAlerts;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What a suppression of alerts like one may say, for people to go on from. */
@Component
public class SuppressionProposals {

    private static final Duration LASTS = Duration.ofDays(90);
    private static final Duration REVIEW = Duration.ofDays(30);

    private final Alerts alerts;
    private final VendorAlerts vendorAlerts;
    private final InstantSource clock;

    SuppressionProposals(Alerts alerts, VendorAlerts vendorAlerts, InstantSource clock) {
        this.alerts = alerts;
        this.vendorAlerts = vendorAlerts;
        this.clock = clock;
    }

    /**
     * What is proposed.
     *
     * @param organization whose alerts it would be about; empty when nobody has named the directory yet
     */
    public record Proposal(Optional<UUID> organization, SuppressionDraft draft) {}

    /** An empty one, with times to go on from. */
    public SuppressionDraft empty() {
        var now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        return SuppressionDraft.EMPTY
                .with(SuppressionField.STARTS_AT, now.toString())
                .with(SuppressionField.REVIEW_AT, now.plus(REVIEW).toString())
                .with(SuppressionField.ENDS_AT, now.plus(LASTS).toString());
    }

    /** One of the same rule, organization, account and host as an alert; empty when there is no such alert. */
    public Optional<Proposal> like(Scope scope, UUID id) {
        return alerts.find(scope, id).map(alert -> like(scope, alert));
    }

    private Proposal like(Scope scope, Alert alert) {
        var first = alerts.vendorAlerts(scope, alert.id(), 1).stream()
                .map(member -> new VendorAlerts.AsOf(alert.tenant(), member.vendorAlertId(), alert.created()))
                .toList();
        var content = vendorAlerts.asOf(scope, first).values().stream().findFirst();
        var condition = content.map(SuppressionProposals::condition).orElse("");
        return new Proposal(
                alert.organization(),
                empty().with(SuppressionField.NAME, alert.name())
                        .with(SuppressionField.RULE, alert.ruleId())
                        .with(SuppressionField.CONDITION, condition));
    }

    private static String condition(VendorAlert alert) {
        var parts = new ArrayList<String>();
        name(alert, EntityKind.ACCOUNT).ifPresent(account -> parts.add("%s in accounts".formatted(literal(account))));
        name(alert, EntityKind.HOST).ifPresent(host -> parts.add("%s in hosts".formatted(literal(host))));
        if (parts.isEmpty()) {
            parts.add("alert.title == %s".formatted(literal(alert.title())));
        }
        return String.join(" &&\n", parts);
    }

    /** As conditions see it. */
    private static Optional<String> name(VendorAlert alert, EntityKind kind) {
        return alert.evidence().stream()
                .flatMap(evidence -> evidence.entities().stream())
                .filter(entity -> entity.kind() == kind)
                .map(Entity::name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .findFirst();
    }

    /** A text of CEL. */
    private static String literal(String text) {
        var literal = new StringBuilder("\"");
        for (var letter : List.of(text.split("", -1))) {
            switch (letter) {
                case "\\", "\"" -> literal.append('\\').append(letter);
                case "\n" -> literal.append("\\n");
                case "\r" -> literal.append("\\r");
                case "\t" -> literal.append("\\t");
                default -> literal.append(letter);
            }
        }
        return literal.append('"').toString();
    }
}
