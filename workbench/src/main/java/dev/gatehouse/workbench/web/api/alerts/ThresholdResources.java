package dev.gatehouse.workbench.web.api.alerts;

import static dev.gatehouse.workbench.web.api.resources.Attribute.bool;
import static dev.gatehouse.workbench.web.api.resources.Attribute.integer;
import static dev.gatehouse.workbench.web.api.resources.Attribute.none;
import static dev.gatehouse.workbench.web.api.resources.Attribute.text;
import static dev.gatehouse.workbench.web.api.resources.Relation.one;
import static dev.gatehouse.workbench.web.api.resources.Relation.toNobody;
import static dev.gatehouse.workbench.web.api.resources.Relation.toNone;

import dev.gatehouse.workbench.alerts.Tuning;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.resources.Change;
import dev.gatehouse.workbench.web.api.resources.Description;
import dev.gatehouse.workbench.web.api.resources.Resource;
import dev.gatehouse.workbench.web.api.resources.Resource.Written;
import dev.gatehouse.workbench.web.api.resources.Row;
import dev.gatehouse.workbench.web.api.resources.Type;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** {@code expel_alert_thresholds}: how many alerts of one rule an organization's analysts want to see in an hour. */
@Component
class ThresholdResources implements Description {

    private static final String TYPE = "expel_alert_thresholds";
    private static final String THRESHOLD = "threshold";
    private static final String HOURS = "new_device_hours";

    private final Tuning tuning;
    private final Organizations organizations;

    ThresholdResources(Tuning tuning, Organizations organizations) {
        this.tuning = tuning;
        this.organizations = organizations;
    }

    @Override
    public List<Resource> resources() {
        return List.of(Resource.of(TYPE, this::rows)
                .says(
                        "One for each organization: more alerts of one rule and directory in an hour than threshold are closed at once,"
                                + " see docs/alerts.md. new_device_hours is for how long new devices are tuned. Null makes both as usual.")
                .has(
                        text("name"),
                        integer(THRESHOLD).writable(),
                        integer(HOURS).writable(),
                        bool("is_usual"),
                        none("created_at", Type.TIME),
                        none("updated_at", Type.TIME))
                .leadsTo(
                        one("organization", "organizations", "id"),
                        toNobody("suppressed_by", TYPE),
                        toNone("suppresses", TYPE))
                .sortedBy("id")
                .changed(Right.MANAGE_DETECTIONS, this::change)
                .build());
    }

    private List<Row> rows(Scope scope) {
        var own = tuning.own(scope);
        return organizations.all(scope).stream()
                .map(organization -> row(organization, Optional.ofNullable(own.get(organization.id()))))
                .toList();
    }

    private Row row(Organization organization, Optional<Tuning.Rules> own) {
        var rules = own.orElseGet(tuning::usual);
        return new Row()
                .with("id", organization.id().toString())
                .with("name", "Alerts of one rule in an hour at " + organization.name())
                .with(THRESHOLD, (long) rules.floodThreshold())
                .with(HOURS, rules.newDevice().toHours())
                .with("is_usual", own.isEmpty());
    }

    private Written change(Change change) {
        if (isNull(change, THRESHOLD) || isNull(change, HOURS)) {
            tuning.setUsual(change.scope(), change.id(), change.actor());
        } else {
            tuning.set(change.scope(), change.id(), becomes(change, HOURS), becomes(change, THRESHOLD), change.actor());
        }
        return Written.of(change.id());
    }

    private static boolean isNull(Change change, String name) {
        return change.has(name) && change.text(name).isEmpty();
    }

    private static int becomes(Change change, String name) {
        return Integer.parseInt(change.text(name).orElseGet(() -> change.row().text(name)));
    }
}
