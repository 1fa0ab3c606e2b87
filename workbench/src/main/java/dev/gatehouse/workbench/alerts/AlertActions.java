package dev.gatehouse.workbench.alerts;

import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * What people do to alerts, one or many at once. Whoever acts says which revision they looked at: an alert that has changed
 * since is left as it is, and they are told what happened to it.
 */
@Component
public class AlertActions {

    /** As many as anybody can mean at once. */
    public static final int MOST = 1_000;

    private static final int LONGEST_COMMENT = 10_000;

    private final AlertTable table;
    private final Fence fence;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    AlertActions(AlertTable table, Fence fence, InstantSource clock, ApplicationEventPublisher events) {
        this.table = table;
        this.fence = fence;
        this.clock = clock;
        this.events = events;
    }

    /**
     * An alert as somebody saw it.
     *
     * @param revision of what they saw
     */
    public record Seen(UUID id, int revision) {

        /** As somebody sees it now. */
        public static Seen of(Alert alert) {
            return new Seen(alert.id(), alert.revision());
        }
    }

    /**
     * Closes alerts.
     *
     * @return how many were not closed before
     * @throws AlertsChangedMeanwhile when some have changed since; the others are closed
     * @throws InvalidAlertChange when the reason is not for people to give, or the comment is missing or too long
     */
    public int close(Scope scope, Actor actor, Collection<Seen> seen, CloseReason reason, String comment) {
        if (reason.isBySystem()) {
            throw new InvalidAlertChange(
                    "close_reason",
                    "“%s” is given by Gatehouse only. Choose another reason.".formatted(reason.title()));
        }
        if (comment.isBlank()) {
            throw new InvalidAlertChange("close_comment", "Say in a few words why it is closed as that.");
        }
        var said = checked("close_comment", comment);
        var now = clock.instant();
        return change(scope, seen, state -> {
            if (state.status != AlertStatus.CLOSED) {
                state.close(actor, reason, said, now);
            }
        });
    }

    /**
     * Opens closed alerts again.
     *
     * @return how many were closed before
     * @throws AlertsChangedMeanwhile when some have changed since; the others are open
     */
    public int reopen(Scope scope, Actor actor, Collection<Seen> seen, String comment) {
        var said = checked("comment", comment);
        var now = clock.instant();
        return change(scope, seen, state -> {
            if (state.status == AlertStatus.CLOSED) {
                state.open(actor, said, now);
            }
        });
    }

    /**
     * Says that somebody works on alerts; those that are nobody's become theirs.
     *
     * @throws AlertsChangedMeanwhile when some have changed since; the others are in progress
     */
    public int start(Scope scope, Actor actor, Collection<Seen> seen) {
        var now = clock.instant();
        return change(scope, seen, state -> {
            if (state.assignee.isEmpty() && actor.kind() == Actor.Kind.USER) {
                state.assign(actor, Optional.of(actor), now);
            }
            if (state.status != AlertStatus.IN_PROGRESS) {
                state.start(actor, now);
            }
        });
    }

    /**
     * Puts alerts in progress back to open.
     *
     * @throws AlertsChangedMeanwhile when some have changed since; the others are open
     */
    public int putBack(Scope scope, Actor actor, Collection<Seen> seen) {
        var now = clock.instant();
        return change(scope, seen, state -> {
            if (state.status == AlertStatus.IN_PROGRESS) {
                state.open(actor, "", now);
            }
        });
    }

    /**
     * Gives alerts to a person or an organization, or to nobody.
     *
     * @throws AlertsChangedMeanwhile when some have changed since; the others are assigned
     */
    public int assign(Scope scope, Actor actor, Collection<Seen> seen, Optional<Actor> to) {
        var now = clock.instant();
        return change(scope, seen, state -> {
            if (!state.assignee.flatMap(Actor::id).equals(to.flatMap(Actor::id))) {
                state.assign(actor, to, now);
            }
        });
    }

    /**
     * Says something about alerts.
     *
     * @throws InvalidAlertChange when nothing is said, or too much
     */
    public int comment(Scope scope, Actor actor, Collection<UUID> ids, String comment) {
        if (comment.isBlank()) {
            throw new InvalidAlertChange("comment", "The comment is empty.");
        }
        var said = checked("comment", comment);
        var now = clock.instant();
        return changeAny(scope, ids, state -> state.comment(actor, said, now));
    }

    /**
     * Puts alerts into an investigation, or takes them out; a part of the transaction that changes the investigation. What is
     * put into one and was not worked on is in progress from then on.
     *
     * @param into the investigation; empty to take them out
     * @param from the number of the investigation that they are taken out of; empty when there is none
     * @param to the number of the investigation that they are put into; empty when there is none
     */
    public int investigate(
            Scope scope, Actor actor, Collection<UUID> ids, Optional<UUID> into, String from, String to) {
        var now = clock.instant();
        return changeAny(scope, ids, state -> {
            if (!state.investigation.equals(into)) {
                state.investigate(actor, into, from, to, now);
                if (into.isPresent() && state.status == AlertStatus.OPEN) {
                    state.start(actor, now);
                }
            }
        });
    }

    /**
     * Keeps everybody else from changing alerts until the transaction ends, for whoever decides by what they read of them next.
     * Only inside {@link Fence#write}.
     */
    public void hold(Scope scope, Collection<UUID> ids) {
        table.lock(scope, ids);
    }

    private static String checked(String field, String comment) {
        var text = comment.strip();
        if (text.length() > LONGEST_COMMENT) {
            throw new InvalidAlertChange(
                    field,
                    "The comment has %,d characters; %,d are the most.".formatted(text.length(), LONGEST_COMMENT));
        }
        return text;
    }

    /** Whatever has happened to them since. */
    private int changeAny(Scope scope, Collection<UUID> ids, Consumer<AlertState> change) {
        return write(scope, ids, states -> states.forEach(change));
    }

    private int change(Scope scope, Collection<Seen> seen, Consumer<AlertState> change) {
        if (seen.size() > MOST) {
            throw new InvalidAlertChange(
                    "alerts", "%,d alerts were chosen; %,d are the most at once.".formatted(seen.size(), MOST));
        }
        var revisions = new LinkedHashMap<UUID, Integer>();
        seen.forEach(each -> revisions.put(each.id(), each.revision()));
        var late = new ArrayList<UUID>();
        var gone = new LinkedHashSet<>(revisions.keySet());
        var done = write(
                scope,
                revisions.keySet(),
                states -> states.forEach(state -> {
                    gone.remove(state.id);
                    if (revisions.getOrDefault(state.id, -1) == state.revision) {
                        change.accept(state);
                    } else {
                        late.add(state.id);
                    }
                }));
        if (!late.isEmpty() || !gone.isEmpty()) {
            var since = since(scope, late, revisions);
            gone.forEach(id -> since.put(id, List.of()));
            throw new AlertsChangedMeanwhile(since, gone.size(), done);
        }
        return done;
    }

    private Map<UUID, List<AlertEvent>> since(Scope scope, List<UUID> late, Map<UUID, Integer> revisions) {
        var since = new LinkedHashMap<UUID, List<AlertEvent>>();
        table.history(scope, late)
                .forEach((id, history) -> since.put(
                        id,
                        history.stream()
                                .filter(event -> event.revision() > revisions.getOrDefault(id, -1))
                                .toList()));
        return since;
    }

    private int write(Scope scope, Collection<UUID> ids, Consumer<Collection<AlertState>> change) {
        var changed = fence.write(() -> {
            var states = table.lock(scope, ids);
            change.accept(states.values());
            table.save(states.values());
            return states.values().stream()
                    .filter(AlertState::hasChanged)
                    .map(state -> state.id)
                    .toList();
        });
        if (!changed.isEmpty()) {
            events.publishEvent(new AlertsChanged(changed));
        }
        return changed.size();
    }
}
