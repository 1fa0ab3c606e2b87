package dev.gatehouse.workbench.investigations;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.investigations.InvestigationEvent.Change;
import dev.gatehouse.workbench.investigations.InvestigationHistory.Place;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Has something written that others keep for an investigation or for one of its actions, such as a file: as whatever is done
 * in an investigation, one after the other, and with its history.
 */
@Component
public class Attachments {

    private final JdbcClient database;
    private final InvestigationTable investigations;
    private final InvestigativeActions actions;
    private final InvestigationHistory history;
    private final Alerts alerts;
    private final Fence fence;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    Attachments(
            JdbcClient database,
            InvestigationTable investigations,
            InvestigativeActions actions,
            InvestigationHistory history,
            Alerts alerts,
            Fence fence,
            InstantSource clock,
            ApplicationEventPublisher events) {
        this.database = database;
        this.investigations = investigations;
        this.actions = actions;
        this.history = history;
        this.alerts = alerts;
        this.fence = fence;
        this.clock = clock;
        this.events = events;
    }

    /** What is done. */
    public interface Work<T> {
        T in(Inside inside);
    }

    /** What something is attached to, within the transaction that writes it. */
    public final class Inside {

        private final Scope scope;
        private final Place place;
        private final Instant now;

        private Inside(Scope scope, Place place, Instant now) {
            this.scope = scope;
            this.place = place;
            this.now = now;
        }

        /** Whose the investigation is; empty at an alert, which belongs to its directory. */
        public Optional<UUID> organization() {
            return Optional.ofNullable(place.organization());
        }

        /** The investigation; empty at an alert. */
        public Optional<UUID> investigation() {
            return Optional.ofNullable(place.investigation());
        }

        /** The directory of the alert; empty in an investigation. */
        public Optional<TenantId> tenant() {
            return Optional.ofNullable(place.tenant()).map(TenantId::new);
        }

        /** The alert; empty in an investigation. */
        public Optional<UUID> alert() {
            return Optional.ofNullable(place.alert());
        }

        /** By our clock. */
        public Instant now() {
            return now;
        }

        /** Writes down what happened to a file. */
        public void note(
                UUID file,
                HistoryAction action,
                Actor actor,
                int revision,
                Map<String, String> facts,
                List<Change> changes) {
            history.add(
                    place,
                    List.of(new InvestigationEvent(now, Subject.FILE, file, action, actor, revision, facts, changes)));
        }

        /**
         * Refuses when something has changed since somebody looked.
         *
         * @throws InvestigationChangedMeanwhile then
         */
        public void requireUnchanged(UUID file, int seen, int revision) {
            investigations.requireUnchanged(scope, file, seen, revision);
        }

        private static final String RESULT =
                "update investigative_action set result_file_id = :file, updated_at = :now where id = :action";

        /** Says that a file is what came of an action. */
        public void result(UUID action, UUID file) {
            database.sql(RESULT)
                    .param("action", action)
                    .param("file", file)
                    .param("now", Columns.timestamp(now))
                    .update();
        }

        private static final String NO_RESULT =
                "update investigative_action set result_file_id = null where result_file_id = :file";

        /** Says that a file is what came of no action any more. */
        public void noResult(UUID file) {
            database.sql(NO_RESULT).param("file", file).update();
        }
    }

    /**
     * Writes something in an investigation.
     *
     * @throws NoSuchInvestigation when it is not there, or not in scope
     */
    public <T> T toInvestigation(Scope scope, UUID id, Work<T> work) {
        return investigations.inside(scope, id, inside -> work.in(new Inside(scope, inside.place(), inside.now())));
    }

    /**
     * Writes something at an action, of an investigation or of an alert.
     *
     * @throws NoSuchInvestigation when it is not there, or not in scope
     */
    public <T> T toAction(Scope scope, UUID id, Work<T> work) {
        var action = actions.find(scope, id).orElseThrow(NoSuchInvestigation::new);
        if (action.investigation().isPresent()) {
            return toInvestigation(scope, action.investigation().get(), work);
        }
        var alert = action.alert().flatMap(its -> alerts.find(scope, its)).orElseThrow(NoSuchInvestigation::new);
        var done = fence.write(() -> {
            if (!alerts.stays(scope, alert.id())) {
                throw new NoSuchInvestigation();
            }
            return work.in(new Inside(scope, Place.at(alert.tenant(), alert.id()), clock.instant()));
        });
        events.publishEvent(
                new InvestigationsChanged(alert.investigation().stream().toList()));
        return done;
    }
}
