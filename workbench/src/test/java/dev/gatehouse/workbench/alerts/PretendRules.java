package dev.gatehouse.workbench.alerts;

import dev.gatehouse.model.Entity;
import dev.gatehouse.model.EntityKind;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.detections.Decision;
import dev.gatehouse.workbench.detections.JoinKey;
import dev.gatehouse.workbench.detections.RuleId;
import dev.gatehouse.workbench.detections.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** One rule for each title, which joins what is about the same account within a day. Its severity is Microsoft's. */
final class PretendRules implements Detector {

    static final Duration WITHIN = Duration.ofHours(24);

    private String failsOn = "";
    private int edition;

    /** The rules change: the second edition has one rule for all titles, the third joins nothing and calls all High. */
    void become(int next) {
        edition = next;
    }

    /** Fails at vendor alerts with that title from now on. */
    void failOn(String title) {
        failsOn = title;
    }

    @Override
    public Decision decide(Subject subject) {
        var alert = subject.alert();
        if (alert.title().equals(failsOn)) {
            throw new IllegalStateException("a mistake in " + failsOn);
        }
        var rule = edition == 1
                ? new RuleId("one-for-all")
                : new RuleId(alert.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
        var account = alert.evidence().stream()
                .flatMap(evidence -> evidence.entities().stream())
                .filter(entity -> entity.kind() == EntityKind.ACCOUNT)
                .map(Entity::name)
                .findFirst()
                .orElse(alert.id());
        var severity = edition == 2
                ? AlertSeverity.HIGH
                : AlertSeverity.valueOf(alert.severity().written().toUpperCase(Locale.ROOT));
        return new Decision(
                rule,
                1,
                edition == 1 ? "One for all" : alert.title(),
                severity,
                "Microsoft says " + alert.severity().written(),
                "its title is " + alert.title(),
                new JoinKey(rule + " " + (edition == 2 ? alert.id() : account)),
                WITHIN,
                List.of("TA0006"),
                alert.techniques(),
                List.of());
    }
}
