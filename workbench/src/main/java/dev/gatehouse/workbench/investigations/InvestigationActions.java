package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertActions;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.alerts.AlertsChanged;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * What people do to investigations. Whoever acts says which revision they looked at: an investigation that has changed since is
 * left as it is, and they are told what happened to it.
 */
@Component
public class InvestigationActions {

    /** As many alerts as one investigation holds. */
    public static final int MOST_ALERTS = 500;

    private static final int LONGEST_COMMENT = 10_000;

    private final InvestigationTable table;
    private final Findings findings;
    private final Organizations organizations;
    private final Alerts alerts;
    private final AlertActions alertActions;
    private final ApplicationEventPublisher events;

    InvestigationActions(
            InvestigationTable table,
            Findings findings,
            Organizations organizations,
            Alerts alerts,
            AlertActions alertActions,
            ApplicationEventPublisher events) {
        this.table = table;
        this.findings = findings;
        this.organizations = organizations;
        this.alerts = alerts;
        this.alertActions = alertActions;
        this.events = events;
    }

    /**
     * Something as somebody saw it.
     *
     * @param revision of what they saw
     */
    public record Seen(UUID id, int revision) {

        /** As somebody sees it now. */
        public static Seen of(Investigation investigation) {
            return new Seen(investigation.id(), investigation.revision());
        }
    }

    /**
     * Opens an investigation by hand.
     *
     * @return its id
     * @throws InvalidInvestigationChange when the title is missing or too long
     * @throws NoSuchInvestigation when there is no such organization in scope
     */
    public UUID open(Scope scope, Actor actor, UUID organization, String title) {
        var owner = organizations.find(scope, organization).orElseThrow(NoSuchInvestigation::new);
        requireTitle(title);
        return table.write(now -> open(owner, actor, title.strip(), List.of(), now), id -> id);
    }

    /**
     * Opens an investigation and puts alerts into it, the first of which leads.
     *
     * @param title blank: the name of the first alert
     * @return its id
     * @throws InvalidInvestigationChange when there is no alert, one is in an investigation already, or they are not of one
     *     organization
     */
    public UUID openFrom(Scope scope, Actor actor, Collection<UUID> alertIds, String title) {
        var opened = table.write(
                now -> {
                    var held = held(scope, alertIds);
                    requireFree(scope, held, Optional.empty());
                    var named = title.isBlank() ? held.getFirst().name() : title.strip();
                    requireTitle(named);
                    return open(ownerOf(scope, held), actor, named, held, now);
                },
                id -> id);
        tellOf(alertIds);
        return opened;
    }

    private UUID open(Organization owner, Actor actor, String title, List<Alert> held, Instant now) {
        var state = table.open(owner, title, actor, now);
        held.forEach(alert -> state.put(actor, alert, now));
        put(actor, held, state);
        table.save(state);
        findings.ask(state, actor, now);
        return state.id;
    }

    /** Alerts that stay as they are until the transaction ends, in the order in which they were named. */
    private List<Alert> held(Scope scope, Collection<UUID> ids) {
        var wanted = new LinkedHashSet<>(ids);
        if (wanted.isEmpty()) {
            throw new InvalidInvestigationChange("alert", "Choose an alert.");
        }
        requireRoom(wanted.size());
        alertActions.hold(scope, wanted);
        var found = alerts.all(scope, wanted);
        if (found.size() != wanted.size()) {
            throw new InvalidInvestigationChange("alert", "An alert that was chosen is not there any more.");
        }
        return wanted.stream().map(found::get).toList();
    }

    private Organization ownerOf(Scope scope, List<Alert> held) {
        var owners = held.stream().map(Alert::organization).distinct().toList();
        if (owners.size() != 1) {
            throw new InvalidInvestigationChange(
                    "alert", "The alerts belong to different organizations. An investigation is about one.");
        }
        return owners.getFirst()
                .flatMap(owner -> organizations.find(scope, owner))
                .orElseThrow(() -> new InvalidInvestigationChange(
                        "alert", "The alert's directory belongs to no organization yet."));
    }

    /** That these alerts are in no other investigation. */
    private void requireFree(Scope scope, List<Alert> held, Optional<UUID> except) {
        var others = held.stream()
                .map(Alert::investigation)
                .flatMap(Optional::stream)
                .filter(id -> except.filter(id::equals).isEmpty())
                .distinct()
                .toList();
        if (!others.isEmpty()) {
            var names = table.names(scope, others);
            throw new InvalidInvestigationChange(
                    "alert",
                    "Already in %s. Take it out there first."
                            .formatted(others.stream()
                                    .map(id -> names.getOrDefault(id, "another investigation"))
                                    .collect(Collectors.joining(", "))));
        }
    }

    private static void requireRoom(int alerts) {
        if (alerts > MOST_ALERTS) {
            throw new InvalidInvestigationChange(
                    "alert", "%,d alerts are the most in one investigation.".formatted(MOST_ALERTS));
        }
    }

    private static void requireTitle(String title) {
        InvestigationField.TITLE.problem(title.strip()).ifPresent(problem -> {
            throw new InvalidInvestigationChange(InvestigationField.TITLE.key(), problem);
        });
    }

    private void put(Actor actor, List<Alert> put, InvestigationState state) {
        if (!put.isEmpty()) {
            alertActions.investigate(
                    Scope.of(state.organization), actor, ids(put), Optional.of(state.id), "", state.shortLink);
        }
    }

    private static List<UUID> ids(List<Alert> alerts) {
        return alerts.stream().map(Alert::id).toList();
    }

    /** {@link AlertActions} said so before the end of our transaction, when others could not see it yet. */
    private void tellOf(Collection<UUID> changed) {
        if (!changed.isEmpty()) {
            events.publishEvent(new AlertsChanged(List.copyOf(changed)));
        }
    }

    /**
     * Puts alerts into an investigation that is there. Nobody has to have seen it as it is now: alerts that others put in do not
     * matter for this.
     *
     * @return how many were not in it before
     * @throws InvalidInvestigationChange when it is closed, or an alert is in another one or of another organization
     */
    public int add(Scope scope, Actor actor, UUID id, Collection<UUID> alertIds) {
        var added = new int[1];
        table.write(
                now -> {
                    var state = table.lock(scope, id);
                    requireOpen(state);
                    var held = held(scope, alertIds);
                    if (held.stream()
                            .anyMatch(alert -> !alert.organization().equals(Optional.of(state.organization)))) {
                        throw new InvalidInvestigationChange(
                                "alert", "%s is about another organization than the alert.".formatted(state.shortLink));
                    }
                    requireFree(scope, held, Optional.of(id));
                    var missing = held.stream()
                            .filter(alert -> alert.investigation().isEmpty())
                            .toList();
                    requireRoom(state.alerts + missing.size());
                    missing.forEach(alert -> state.put(actor, alert, now));
                    put(actor, missing, state);
                    table.save(state);
                    added[0] = missing.size();
                    return id;
                },
                each -> each);
        tellOf(alertIds);
        return added[0];
    }

    private static void requireOpen(InvestigationState state) {
        if (state.decision.isPresent()) {
            throw new InvalidInvestigationChange(
                    "investigation", "%s is closed. Reopen it first.".formatted(state.shortLink));
        }
    }

    /** Takes an alert out, whatever has happened since somebody looked. */
    public void remove(Scope scope, Actor actor, UUID id, UUID alertId) {
        table.write(
                now -> {
                    var state = table.lock(scope, id);
                    var alert = member(scope, state, alertId);
                    alertActions.investigate(scope, actor, List.of(alertId), Optional.empty(), state.shortLink, "");
                    state.take(actor, alert, now);
                    table.save(state);
                    return id;
                },
                each -> each);
        tellOf(List.of(alertId));
    }

    /**
     * Puts alerts into an investigation and takes others out, all or nothing.
     *
     * @throws InvalidInvestigationChange when it is closed, or an alert is in another one or of another organization
     */
    public void exchange(Scope scope, Actor actor, UUID id, Collection<UUID> in, Collection<UUID> out) {
        // Each joins this transaction.
        table.write(
                now -> {
                    out.forEach(alert -> remove(scope, actor, id, alert));
                    if (!in.isEmpty()) {
                        add(scope, actor, id, in);
                    }
                    return id;
                },
                each -> each);
        tellOf(Stream.concat(in.stream(), out.stream()).toList());
    }

    /** Says which alert an investigation is about first of all. */
    public void lead(Scope scope, Actor actor, UUID id, UUID alertId) {
        table.write(
                now -> {
                    var state = table.lock(scope, id);
                    var alert = member(scope, state, alertId);
                    if (state.leadAlert.filter(alertId::equals).isEmpty()) {
                        state.lead(actor, alert, now);
                    }
                    table.save(state);
                    return id;
                },
                each -> each);
    }

    private Alert member(Scope scope, InvestigationState state, UUID alertId) {
        alertActions.hold(scope, List.of(alertId));
        return Optional.ofNullable(alerts.all(scope, List.of(alertId)).get(alertId))
                .filter(alert -> alert.investigation().filter(state.id::equals).isPresent())
                .orElseThrow(() -> new InvalidInvestigationChange(
                        "alert", "The alert is not in %s any more.".formatted(state.shortLink)));
    }

    /**
     * Says other things about an investigation, and whose it is.
     *
     * @param fields those that are named become that, the others stay
     * @throws InvestigationChangedMeanwhile when it has changed since; nothing is done then
     * @throws InvalidInvestigationChange when a value is none of the choices, or too long
     */
    public void update(
            Scope scope, Actor actor, Seen seen, Map<InvestigationField, String> fields, Optional<Actor> assignee) {
        var problems = fields.entrySet().stream()
                .flatMap(entry -> entry.getKey().problem(entry.getValue()).stream()
                        .map(problem -> FieldProblem.error(entry.getKey().key(), problem)))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidInvestigationChange(problems);
        }
        change(scope, seen, (state, now) -> {
            state.change(actor, fields, now);
            state.assign(actor, assignee, now);
        });
    }

    /**
     * Gives an investigation to a person or an organization, or to nobody.
     *
     * @throws InvestigationChangedMeanwhile when it has changed since; nothing is done then
     */
    public void assign(Scope scope, Actor actor, Seen seen, Optional<Actor> to) {
        change(scope, seen, (state, now) -> state.assign(actor, to, now));
    }

    /**
     * Closes an investigation, and with it those of its alerts that are named.
     *
     * @param alertsToClose as they were seen, with the same decision and comment; empty to leave them as they are
     * @throws InvestigationChangedMeanwhile when it has changed since; nothing is done then
     * @throws dev.gatehouse.workbench.alerts.AlertsChangedMeanwhile when one of these alerts has; nothing is done then
     * @throws InvalidInvestigationChange when it is closed, an alert is not in it, or the comment is missing or too long
     */
    public void close(
            Scope scope,
            Actor actor,
            Seen seen,
            Decision decision,
            String comment,
            Collection<AlertActions.Seen> alertsToClose) {
        if (comment.isBlank()) {
            throw new InvalidInvestigationChange("close_comment", "Say in a few words why.");
        }
        var said = checked("close_comment", comment);
        var ids = alertsToClose.stream().map(AlertActions.Seen::id).toList();
        change(scope, seen, (state, now) -> {
            requireOpen(state);
            if (!ids.isEmpty()) {
                requireMembers(scope, state, ids);
                alertActions.close(scope, actor, alertsToClose, decision.closeReason(), said);
            }
            state.close(actor, decision, said, now);
        });
        tellOf(ids);
    }

    private void requireMembers(Scope scope, InvestigationState state, List<UUID> ids) {
        var held = held(scope, ids);
        if (held.stream()
                .anyMatch(
                        alert -> alert.investigation().filter(state.id::equals).isEmpty())) {
            throw new InvalidInvestigationChange("alert", "An alert is not in %s any more.".formatted(state.shortLink));
        }
    }

    /**
     * Opens a closed investigation again. Its alerts stay as they are.
     *
     * @throws InvestigationChangedMeanwhile when it has changed since; nothing is done then
     */
    public void reopen(Scope scope, Actor actor, Seen seen, String comment) {
        var said = checked("comment", comment);
        change(scope, seen, (state, now) -> {
            if (state.decision.isPresent()) {
                state.reopen(actor, said, now);
            }
        });
    }

    /**
     * Makes an incident of it: the same investigation, with the same number.
     *
     * @throws InvestigationChangedMeanwhile when it has changed since; nothing is done then
     */
    public void promote(Scope scope, Actor actor, Seen seen) {
        change(scope, seen, (state, now) -> {
            if (!state.standing.isIncident()) {
                state.promote(actor, now);
            }
        });
    }

    /**
     * Makes an investigation of an incident again.
     *
     * @throws InvestigationChangedMeanwhile when it has changed since; nothing is done then
     * @throws InvalidInvestigationChange when no reason is given, or one that is too long
     */
    public void downgrade(Scope scope, Actor actor, Seen seen, String reason) {
        if (reason.isBlank()) {
            throw new InvalidInvestigationChange("reason", "Say why it is no incident.");
        }
        var said = checked("reason", reason);
        change(scope, seen, (state, now) -> {
            if (state.standing.isIncident()) {
                state.downgrade(actor, said, now);
            }
        });
    }

    /** Asks for somebody to look over it, or takes that back. */
    public void requestReview(Scope scope, Actor actor, Seen seen, boolean isWanted) {
        change(scope, seen, (state, now) -> {
            if (state.reviewRequested.isPresent() != isWanted) {
                state.requestReview(actor, isWanted, now);
            }
        });
    }

    /** Asks for the SOC's support, or takes that back. Who may is for the caller to know. */
    public void requestSupport(Scope scope, Actor actor, Seen seen, boolean isWanted) {
        change(scope, seen, (state, now) -> {
            if (state.supportRequested.isPresent() != isWanted) {
                state.requestSupport(actor, isWanted, now);
            }
        });
    }

    /**
     * Notes that the report was sent.
     *
     * @param to whom, in free words
     */
    public void publish(Scope scope, Actor actor, Seen seen, String to) {
        var said = checked("to", to);
        change(scope, seen, (state, now) -> state.publish(actor, said, now));
    }

    private void change(Scope scope, Seen seen, BiConsumer<InvestigationState, Instant> change) {
        table.write(
                now -> {
                    var state = table.lock(scope, seen.id());
                    table.requireUnchanged(scope, state.id, seen.revision(), state.revision);
                    change.accept(state, now);
                    table.save(state);
                    return state.id;
                },
                id -> id);
    }

    static String checked(String field, String comment) {
        var text = comment.strip();
        if (text.length() > LONGEST_COMMENT) {
            throw new InvalidInvestigationChange(
                    field, "This has %,d characters; %,d are the most.".formatted(text.length(), LONGEST_COMMENT));
        }
        return text;
    }
}
