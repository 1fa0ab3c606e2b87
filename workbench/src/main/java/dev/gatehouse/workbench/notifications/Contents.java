package dev.gatehouse.workbench.notifications;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.alerts.CloseReason;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.devices.DeviceHealth;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.investigations.Investigation;
import dev.gatehouse.workbench.investigations.InvestigationField;
import dev.gatehouse.workbench.investigations.InvestigationHistory;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.investigations.InvestigativeAction;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.investigations.RemediationAction;
import dev.gatehouse.workbench.investigations.Remediations;
import dev.gatehouse.workbench.people.Account;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.ListedAccount;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is told of events: the present state of what they are about, in the words of the API. It is read in the transaction that
 * changes it, at its end, and only when somebody listens.
 */
@Component
class Contents {

    private static final Scope ALL = Scope.everything();

    /** In characters; what people write about an investigation may be longer. */
    private static final int LONGEST_TEXT = 10_000;

    private final Alerts alerts;
    private final Investigations investigations;
    private final InvestigationHistory history;
    private final InvestigativeActions actions;
    private final Remediations remediations;
    private final Organizations organizations;
    private final Accounts accounts;
    private final Optional<URI> address;

    Contents(
            Alerts alerts,
            Investigations investigations,
            InvestigationHistory history,
            InvestigativeActions actions,
            Remediations remediations,
            Organizations organizations,
            Accounts accounts,
            Settings settings) {
        this.alerts = alerts;
        this.investigations = investigations;
        this.history = history;
        this.actions = actions;
        this.remediations = remediations;
        this.organizations = organizations;
        this.accounts = accounts;
        this.address = settings.server().publicAddress();
    }

    /** What is told of some events; of an event that turns out to be none, nothing. However many alerts there are, they are read at once. */
    List<Told> of(Collection<Noticed> noticed) {
        var reading = new Reading(noticed);
        return noticed.stream().flatMap(one -> reading.told(one).stream()).toList();
    }

    /** What is told of a change of a device's health. */
    Told of(EventName event, SecurityDevice device, DeviceHealth health, String previous, Instant at) {
        var organization = new Whose(
                device.organization().id(),
                device.organization().name(),
                device.organization().shortName());
        var writing = new Writing(
                event, organization, device.id(), "/settings/security-devices/" + device.id(), "UPDATED", at);
        writing.current
                .put("name", device.name())
                .put("location", device.location())
                .put("device_type", "CLOUD")
                .put("plugin_slug", device.kind().key())
                .put("status", health.status().key())
                .put("stage", health.stage().key());
        health.worst().ifPresent(worst -> writing.current
                .putObject("status_details")
                .put("code", worst.trouble().key())
                .put("message", worst.cause())
                .put("hint", worst.cure()));
        health.since().ifPresent(since -> writing.current.put("status_updated_at", since.toString()));
        writing.previous.put("status", previous.isEmpty() ? null : previous);
        writing.facts.with(
                ConditionField.SECURITY_DEVICE, device.name(), device.id().toString());
        var what = "Security device “%s”".formatted(device.name());
        return writing.told(
                switch (event) {
                    case SECURITY_DEVICE_FIRST_HEALTHY -> what + " is healthy for the first time.";
                    case SECURITY_DEVICE_HEALTHY -> what + " is healthy again.";
                    default ->
                        "%s is unhealthy: %s"
                                .formatted(
                                        what,
                                        health.worst().map(Diagnosis::cause).orElse("nothing comes from it."));
                });
    }

    /** Whose something is, as it is called now. */
    private record Whose(UUID id, String name, String shortName) {}

    /** What some events are about, each thing read once. */
    private final class Reading {

        private final Map<UUID, Alert> knownAlerts;
        private final Map<UUID, Optional<Investigation>> knownInvestigations = new HashMap<>();
        private final Map<UUID, Optional<Whose>> knownOrganizations = new HashMap<>();
        private final Map<UUID, Optional<Account>> knownAccounts = new HashMap<>();

        Reading(Collection<Noticed> noticed) {
            var ids = noticed.stream()
                    .flatMap(one -> one.place().alert().stream())
                    .collect(Collectors.toSet());
            this.knownAlerts = ids.isEmpty() ? Map.of() : alerts.all(ALL, ids);
        }

        Optional<Told> told(Noticed noticed) {
            return switch (noticed.event().about()) {
                case EXPEL_ALERT ->
                    Optional.ofNullable(knownAlerts.get(noticed.subject())).flatMap(alert -> ofAlert(noticed, alert));
                case INVESTIGATION ->
                    investigation(noticed.subject()).flatMap(found -> ofInvestigation(noticed, found));
                case INVESTIGATIVE_ACTION ->
                    actions.find(ALL, noticed.subject()).flatMap(action -> ofAction(noticed, action));
                case REMEDIATION_ACTION ->
                    noticed.place()
                            .investigation()
                            .flatMap(this::investigation)
                            .flatMap(found -> ofRemediation(noticed, found));
                case SECURITY_DEVICE -> Optional.empty();
            };
        }

        private Optional<Investigation> investigation(UUID id) {
            return knownInvestigations.computeIfAbsent(id, any -> investigations.find(ALL, id));
        }

        private Optional<Whose> organization(UUID id) {
            return knownOrganizations.computeIfAbsent(id, any -> organizations
                    .find(ALL, id)
                    .map(found -> new Whose(found.id(), found.name(), found.shortName())));
        }

        private Optional<Told> ofAlert(Noticed noticed, Alert alert) {
            if (noticed.event() == EventName.EXPEL_ALERT_CREATED
                    && alert.closeReason().filter(CloseReason::isBySystem).isPresent()) {
                // It was closed as it was made, so that nobody is bothered.
                return Optional.empty();
            }
            return alert.organization().flatMap(this::organization).map(organization -> {
                var writing = new Writing(noticed, organization, "/alerts/" + alert.id());
                describe(writing.current, alert);
                writing.severity(alert.severity().name());
                writing.facts
                        .with(ConditionField.DETECTION_RULE, alert.ruleId())
                        .with(ConditionField.SECURITY_DEVICE, alert.deviceName());
                alert.closeReason().ifPresent(reason -> writing.facts.with(ConditionField.CLOSE_REASON, reason.name()));
                assignee(writing, alert.assignee(), organization);
                writing.data.put("security_device", alert.deviceName());
                alert.investigation().flatMap(this::investigation).ifPresent(found -> refer(writing.data, found));
                var what = "%s alert “%s”".formatted(alert.severity().title(), alert.name());
                return writing.told(
                        switch (noticed.event()) {
                            case EXPEL_ALERT_ASSIGNED ->
                                "%s was assigned to %s by %s."
                                        .formatted(what, named(alert.assignee()), writing.actor());
                            case EXPEL_ALERT_CLOSED ->
                                "%s was closed as %s by %s."
                                        .formatted(
                                                what,
                                                alert.closeReason()
                                                        .map(CloseReason::title)
                                                        .orElse("closed"),
                                                writing.actor());
                            case EXPEL_ALERT_REOPENED -> "%s was reopened by %s.".formatted(what, writing.actor());
                            default -> "New: %s.".formatted(what);
                        });
            });
        }

        private Optional<Told> ofInvestigation(Noticed noticed, Investigation found) {
            if (!isSo(noticed, found)) {
                return Optional.empty();
            }
            return organization(found.organization()).map(organization -> {
                var writing = new Writing(noticed, organization, "/activity/" + found.id());
                describe(writing.current, found);
                writing.severity(found.severity());
                found.decision()
                        .ifPresent(decision -> writing.facts.with(ConditionField.CLOSE_REASON, decision.name()));
                assignee(writing, found.assignee(), organization);
                var what = "%s %s “%s”".formatted(found.kind(), found.shortLink(), found.title());
                return writing.told(
                        switch (noticed.event()) {
                            case INVESTIGATION_ASSIGNED, INCIDENT_ASSIGNED ->
                                "%s was assigned to %s by %s."
                                        .formatted(what, named(found.assignee()), writing.actor());
                            case INVESTIGATION_CLOSED, INCIDENT_CLOSED ->
                                "%s was closed by %s: %s".formatted(what, writing.actor(), brief(found.closeComment()));
                            case INVESTIGATION_ALERT_ADDED -> "%s: %s added an alert.".formatted(what, writing.actor());
                            case INVESTIGATION_MANUAL_REMEDIATIONS_COMPLETED ->
                                "%s: all remediation actions are completed.".formatted(what);
                            case INCIDENT_DOWNGRADED ->
                                "%s is no incident any more: %s"
                                        .formatted(what, brief(found.standing().downgradeReason()));
                            case INCIDENT_CREATED, INCIDENT_PROMOTED ->
                                "%s: made an incident by %s.".formatted(what, writing.actor());
                            case INCIDENT_REOPENED -> "%s was reopened by %s.".formatted(what, writing.actor());
                            default -> "%s was opened by %s.".formatted(what, writing.actor());
                        });
            });
        }

        private boolean isSo(Noticed noticed, Investigation found) {
            return switch (noticed.event()) {
                case INCIDENT_CREATED ->
                    history.of(ALL, found.id(), InvestigationHistory.SHOWN).stream()
                                    .flatMap(event -> event.changes().stream())
                                    .filter(change -> change.what().equals("is_incident")
                                            && change.to().equals("true"))
                                    .count()
                            == 1;
                case INVESTIGATION_MANUAL_REMEDIATIONS_COMPLETED -> {
                    var all = remediations.of(ALL, found.id());
                    yield all.stream().noneMatch(one -> one.status() == RemediationAction.Status.IN_PROGRESS)
                            && all.stream().anyMatch(one -> one.status() == RemediationAction.Status.COMPLETED);
                }
                default -> true;
            };
        }

        private Optional<Told> ofAction(Noticed noticed, InvestigativeAction action) {
            if (noticed.event().isAssignment() && noticed.event() != assigned(action.type())) {
                return Optional.empty();
            }
            var investigation = action.investigation().flatMap(this::investigation);
            var alert = action.alert().map(knownAlerts::get);
            var owner = investigation
                    .map(Investigation::organization)
                    .or(() -> alert.flatMap(Alert::organization))
                    .flatMap(this::organization);
            return owner.map(organization -> {
                var writing = new Writing(
                        noticed,
                        organization,
                        investigation
                                .map(found -> "/activity/" + found.id())
                                .orElseGet(() -> "/alerts/"
                                        + action.alert().map(UUID::toString).orElse("")));
                writing.current
                        .put("title", action.what().title())
                        .put("action_type", action.type().name())
                        .put("status", action.status().name())
                        .put("reason", brief(action.what().reason()))
                        .put("instructions", cut(action.what().instructions()))
                        .put("results", cut(action.what().results()))
                        .put(
                                "activity_authorized",
                                action.answer().isAuthorized().orElse(null))
                        .put("activity_verified_by", action.answer().by())
                        .put("created_at", action.times().created().toString());
                writing.severity(investigation
                        .map(Investigation::severity)
                        .or(() -> alert.map(Alert::severity).map(AlertSeverity::name))
                        .orElse(""));
                assignee(writing, action.assignee(), organization);
                investigation.ifPresent(found -> refer(writing.data, found));
                alert.ifPresent(
                        found -> writing.data.put("expel_alert_id", found.id().toString()));
                var what = "%s action “%s”%s"
                        .formatted(
                                action.type().title(),
                                action.what().title(),
                                investigation
                                        .map(found -> " of " + found.shortLink())
                                        .orElse(""));
                return writing.told(
                        switch (noticed.event()) {
                            case VERIFY_ACTION_APPROVED ->
                                "%s: authorized, says %s."
                                        .formatted(what, action.answer().by());
                            case VERIFY_ACTION_DENIED ->
                                "%s: not authorized, says %s."
                                        .formatted(what, action.answer().by());
                            case VERIFY_ACTION_ACKNOWLEDGED ->
                                "%s was answered by %s."
                                        .formatted(what, action.answer().by());
                            default ->
                                "%s was assigned to %s by %s."
                                        .formatted(what, named(action.assignee()), writing.actor());
                        });
            });
        }

        private static EventName assigned(InvestigativeAction.Type type) {
            return switch (type) {
                case VERIFY -> EventName.VERIFY_ACTION_ASSIGNED;
                case NOTIFY -> EventName.NOTIFY_ACTION_ASSIGNED;
                case MANUAL, RESEARCH, HUNTING -> EventName.INVESTIGATIVE_ACTION_ASSIGNED;
            };
        }

        private Optional<Told> ofRemediation(Noticed noticed, Investigation found) {
            return remediations.of(ALL, found.id()).stream()
                    .filter(one -> one.id().equals(noticed.subject()))
                    .findFirst()
                    .flatMap(action -> organization(found.organization()).map(organization -> {
                        var writing = new Writing(noticed, organization, "/activity/" + found.id());
                        writing.current
                                .put("title", action.what().title())
                                .put("action_type", action.type().name())
                                .put("status", action.status().name())
                                .put("detail_markdown", cut(action.what().detail()))
                                .put("created_at", action.created().toString());
                        var assets = writing.current.putArray("remediation_action_assets");
                        action.assets().forEach(asset -> assets.addObject()
                                .put("asset_type", asset.type().name())
                                .put("value", asset.value())
                                .put("status", asset.isCompleted() ? "COMPLETED" : "OPEN"));
                        writing.severity(found.severity());
                        assignee(writing, action.assignee(), organization);
                        refer(writing.data, found);
                        return writing.told("Remediation action “%s” of %s was assigned to %s by %s."
                                .formatted(
                                        action.what().title(),
                                        found.shortLink(),
                                        named(action.assignee()),
                                        writing.actor()));
                    }));
        }

        private void assignee(Writing writing, Optional<Actor> assignee, Whose organization) {
            assignee.ifPresent(who -> {
                writing.data
                        .putObject("assigned_to_actor")
                        .put("id", who.id().map(UUID::toString).orElse(null))
                        .put("actor_type", who.kind().key())
                        .put("display_name", who.name());
                writing.facts.with(
                        ConditionField.ASSIGNEE,
                        who.name(),
                        who.id().map(UUID::toString).orElse(""));
                if (isOf(who, organization.id())) {
                    writing.facts.with(ConditionField.ASSIGNEE, ConditionField.MY_ORGANIZATION);
                }
            });
        }

        private boolean isOf(Actor who, UUID organization) {
            return switch (who.kind()) {
                case ORGANIZATION -> who.id().filter(organization::equals).isPresent();
                case USER ->
                    who.id()
                            .flatMap(id -> knownAccounts.computeIfAbsent(
                                    id, any -> accounts.find(ALL, id).map(ListedAccount::account)))
                            .map(Account::membership)
                            .flatMap(Membership::organization)
                            .filter(organization::equals)
                            .isPresent();
                case SYSTEM, API -> false;
            };
        }
    }

    private static String named(Optional<Actor> who) {
        return who.map(Actor::name).orElse("nobody");
    }

    private static String brief(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }

    private static @Nullable String cut(String text) {
        return text.isEmpty() ? null : text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
    }

    private static void describe(ObjectNode current, Alert alert) {
        current.put("expel_name", alert.name())
                .put("expel_severity", alert.severity().name())
                .put("expel_signature_id", alert.ruleId())
                .put("expel_version", alert.ruleVersion())
                .put("expel_alert_time", alert.created().toString())
                .put("status", alert.status().name())
                .put("status_updated_at", alert.statusChanged().toString())
                .put("close_reason", alert.closeReason().map(CloseReason::name).orElse(null))
                .put("close_comment", cut(alert.closeComment()))
                .put("activity_first_at", alert.firstActivity().toString())
                .put("activity_last_at", alert.lastActivity().toString())
                .put("vendor_alert_count", alert.vendorAlerts());
        texts(current, "mitre_tactics", alert.tactics());
        texts(current, "mitre_techniques", alert.techniques());
        texts(current, "involved", alert.involved());
    }

    private static void texts(ObjectNode node, String name, List<String> texts) {
        var array = node.putArray(name);
        texts.forEach(array::add);
    }

    private static void describe(ObjectNode current, Investigation found) {
        current.put("title", found.title())
                .put("short_link", found.shortLink())
                .put("is_incident", found.isIncident())
                .put("decision", found.decision().map(Enum::name).orElse(null))
                .put("close_comment", cut(found.closeComment()))
                .put("created_at", found.times().created().toString())
                .put("updated_at", found.times().updated().toString())
                .put(
                        "lead_expel_alert_id",
                        found.leadAlert().map(UUID::toString).orElse(null))
                .put("alerts", found.alerts());
        for (var field : InvestigationField.values()) {
            if (field != InvestigationField.TITLE) {
                current.put(field.key(), cut(found.field(field)));
            }
        }
    }

    private static void refer(ObjectNode data, Investigation found) {
        data.putObject("investigation")
                .put("id", found.id().toString())
                .put("short_link", found.shortLink())
                .put("title", found.title())
                .put("is_incident", found.isIncident());
    }

    /** One event while it is written. */
    private final class Writing {

        private final EventName event;
        private final UUID subject;
        private final Whose organization;
        private final Instant at;
        private final Optional<Actor> by;
        final ObjectNode data = JsonNodeFactory.instance.objectNode();
        final ObjectNode current;
        final ObjectNode previous;
        final EventFacts facts = new EventFacts();

        Writing(Noticed noticed, Whose organization, String path) {
            this(
                    noticed.event(),
                    organization,
                    noticed.subject(),
                    path,
                    noticed.change().action(),
                    noticed.change().at(),
                    Optional.of(noticed.change().actor()));
            noticed.change().previous().forEach((what, from) -> previous.put(what, from.isEmpty() ? null : cut(from)));
            var actor = noticed.change().actor();
            data.putObject("actor")
                    .put("id", actor.id().map(UUID::toString).orElse(null))
                    .put("actor_type", actor.kind().key())
                    .put("display_name", actor.name());
            facts.with(
                    ConditionField.ACTOR,
                    actor.name(),
                    actor.id().map(UUID::toString).orElse(""));
        }

        Writing(EventName event, Whose organization, UUID subject, String path, String action, Instant at) {
            this(event, organization, subject, path, action, at, Optional.empty());
        }

        private Writing(
                EventName event,
                Whose organization,
                UUID subject,
                String path,
                String action,
                Instant at,
                Optional<Actor> by) {
            this.event = event;
            this.subject = subject;
            this.organization = organization;
            this.at = at;
            this.by = by;
            data.put(event.about().key() + "_id", subject.toString())
                    .put("change_action", action)
                    .put("changed_at", at.toString())
                    .putNull("severity");
            this.current = data.putObject("current").put("id", subject.toString());
            this.previous = data.putObject("previous");
            data.putObject("organization")
                    .put("id", organization.id().toString())
                    .put("name", organization.name())
                    .put("short_name", organization.shortName());
            address.ifPresent(base -> data.put("url", base + path));
            facts.with(
                    ConditionField.ORGANIZATION,
                    organization.shortName(),
                    organization.id().toString(),
                    organization.name());
        }

        void severity(String word) {
            if (!word.isEmpty()) {
                data.put("severity", word);
                facts.with(ConditionField.SEVERITY, word);
            }
        }

        String actor() {
            return by.map(Actor::name).orElse("Gatehouse");
        }

        Told told(String summary) {
            return new Told(
                    event, subject, organization.id(), at, new Told.Content(Columns.text(summary), facts, data));
        }
    }
}
