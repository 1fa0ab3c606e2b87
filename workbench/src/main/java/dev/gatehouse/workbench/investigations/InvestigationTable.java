package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.investigations.InvestigationHistory.Place;
import dev.gatehouse.workbench.investigations.InvestigationState.Counted;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes investigations with their history and their counters, and locks them for whoever writes something in them: whatever
 * is done to one investigation is done one after the other.
 */
@Component
class InvestigationTable {

    private static final String TABLE = "investigation";

    private final JdbcClient database;
    private final InvestigationHistory history;
    private final Fence fence;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;

    InvestigationTable(
            JdbcClient database,
            InvestigationHistory history,
            Fence fence,
            InstantSource clock,
            ApplicationEventPublisher events) {
        this.database = database;
        this.history = history;
        this.fence = fence;
        this.clock = clock;
        this.events = events;
    }

    private static final String NEXT_NUMBER = """
            insert into investigation_number (organization_id, last_number) values (:organization, 1)
            on conflict (organization_id) do update set last_number = investigation_number.last_number + 1
            returning last_number
            """;

    /** A new one, with the next number of its organization; nobody else draws one until the transaction ends. */
    InvestigationState open(Organization organization, String title, Actor actor, Instant now) {
        var number = database.sql(NEXT_NUMBER)
                .param("organization", organization.id())
                .query(Integer.class)
                .single();
        return new InvestigationState(UUID.randomUUID(), organization, number, title, actor, now);
    }

    private static final String LOCK = """
            select id from investigation where id = :id and {scope} for update
            """;

    /**
     * Locks an investigation until the transaction ends.
     *
     * @throws NoSuchInvestigation when it is not there, or not in scope
     */
    InvestigationState lock(Scope scope, UUID id) {
        if (Within.organization(scope, database, LOCK, "organization_id")
                .param("id", id)
                .query(UUID.class)
                .optional()
                .isEmpty()) {
            throw new NoSuchInvestigation();
        }
        return database.sql(InvestigationRows.SELECT + "where i.id = :id")
                .param("id", id)
                .query((row, number) ->
                        new InvestigationState(InvestigationRows.investigation(row), row.getString("search")))
                .single();
    }

    /** Writes everything that became different about it: its row, its history, and the counters. */
    void save(InvestigationState state) {
        if (!state.hasChanged()) {
            return;
        }
        var row = InvestigationRows.row(state);
        if (state.isNew) {
            Row.insert(database, TABLE, List.of(row));
        } else {
            row.update(database, TABLE);
        }
        history.add(state.place(), state.events());
        count(state);
    }

    private static final String COUNT = """
            insert into investigation_count (organization_id, is_incident, is_open, investigations)
            select :organization, d.incident, d.open, d.delta
            from unnest(:incidents::boolean[], :opens::boolean[], :deltas::bigint[]) as d (incident, open, delta)
            order by d.incident, d.open
            on conflict (organization_id, is_incident, is_open)
            do update set investigations = investigation_count.investigations + excluded.investigations
            """;

    /** In the order of the key, and as the last thing of a transaction, so that nobody waits for another in a circle. */
    private void count(InvestigationState state) {
        var now = state.counts();
        if (state.counted.filter(now::equals).isPresent()) {
            return;
        }
        var both = Stream.concat(state.counted.stream(), Stream.of(now)).toList();
        database.sql(COUNT)
                .param("organization", state.organization)
                .param("incidents", both.stream().map(Counted::isIncident).toArray(Boolean[]::new))
                .param("opens", both.stream().map(Counted::isOpen).toArray(Boolean[]::new))
                .param("deltas", both.size() == 1 ? new Long[] {1L} : new Long[] {-1L, 1L})
                .update();
    }

    private static final String NAMES = """
            select i.id, i.short_link from investigation i where i.id = any (:ids) and {scope}
            """;

    /** What investigations are called, those that may be seen. */
    Map<UUID, String> names(Scope scope, Collection<UUID> ids) {
        var names = new HashMap<UUID, String>();
        Within.organization(scope, database, NAMES, "i.organization_id")
                .param("ids", ids.toArray(UUID[]::new))
                .query(row -> {
                    names.put(row.getObject("id", UUID.class), row.getString("short_link"));
                });
        return names;
    }

    private static final String TOUCH = "update investigation set updated_at = :now where id = :id";

    /** Something that is done in an investigation. */
    interface Work<T> {
        T in(Inside inside);
    }

    /**
     * An investigation that is locked while something in it is changed.
     *
     * @param investigation as it is
     * @param now by our clock
     */
    record Inside(InvestigationState investigation, Instant now) {

        UUID id() {
            return investigation.id;
        }

        UUID organization() {
            return investigation.organization;
        }

        Place place() {
            return investigation.place();
        }
    }

    /**
     * Changes something in an investigation.
     *
     * @throws NoSuchInvestigation when it is not there, or not in scope
     */
    <T> T inside(Scope scope, UUID id, Work<T> work) {
        var done = fence.write(() -> {
            var inside = new Inside(lock(scope, id), clock.instant());
            var result = work.in(inside);
            database.sql(TOUCH)
                    .param("now", Columns.timestamp(inside.now()))
                    .param("id", id)
                    .update();
            return result;
        });
        events.publishEvent(new InvestigationsChanged(List.of(id)));
        return done;
    }

    /** Writes down what happened to something in an investigation. */
    void note(
            Inside inside,
            Subject subject,
            UUID id,
            HistoryAction action,
            Actor actor,
            int revision,
            Map<String, String> facts,
            List<InvestigationEvent.Change> changes) {
        history.add(
                inside.place(),
                List.of(new InvestigationEvent(inside.now(), subject, id, action, actor, revision, facts, changes)));
    }

    /**
     * Refuses when something has changed since somebody looked.
     *
     * @throws InvestigationChangedMeanwhile then
     */
    void requireUnchanged(Scope scope, UUID subject, int seen, int revision) {
        if (seen != revision) {
            throw new InvestigationChangedMeanwhile(history.since(scope, subject, seen));
        }
    }

    /** Changes an investigation itself, and tells open pages afterwards. */
    <T> T write(Function<Instant, T> statements, Function<T, UUID> which) {
        var done = fence.write(() -> statements.apply(clock.instant()));
        events.publishEvent(new InvestigationsChanged(List.of(which.apply(done))));
        return done;
    }
}
