package dev.gatehouse.workbench.rotation;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.journal.Journal;
import dev.gatehouse.setup.journal.JournalText;
import dev.gatehouse.setup.journal.Journals;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.LeaseLost;
import dev.gatehouse.workbench.platform.database.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The replacements in the database: how far each is, and the journal by which an interrupted one is finished. */
@Component
public class Rotations {

    /** A replacement that a person began ends sooner, unless the process ended first: a sign-in code lives 15 minutes. */
    static final Duration NO_PERSON_TAKES_LONGER = Duration.ofMinutes(30);

    private final JdbcClient database;
    private final Fence fence;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Rotations(JdbcClient database, Fence fence, ApplicationEventPublisher events, InstantSource clock) {
        this.database = database;
        this.fence = fence;
        this.events = events;
        this.clock = clock;
    }

    private static final String ONE = "select * from rotation where device_id = :device and {scope}";

    /** The last one of a device. */
    public Optional<Rotation> of(Scope scope, UUID device) {
        return scope.devices(database, ONE, "device_id")
                .param("device", device)
                .query((row, number) -> rotation(row))
                .optional();
    }

    private static final String BEGIN = """
            insert into rotation (device_id, state, actor, began_at, detail, cure)
            values (:device, 'RUNNING', :actor, :now, '', '')
            on conflict (device_id) do update
            set state = 'RUNNING', actor = :actor, began_at = :now, ended_at = null, detail = '', cure = '',
                turn = nextval('rotation_turn')
            where rotation.state <> 'RUNNING' or rotation.began_at < :stale
                  or (rotation.actor = :itself and :actor = :itself)
            returning turn
            """;

    /**
     * Begins one, or takes up an interrupted one. Whoever works on the one that was interrupted, if anybody still does,
     * can write nothing from now on.
     *
     * @return what to do the work under; empty when one is under way
     */
    Optional<Turn> begin(UUID device, String actor) {
        var now = clock.instant();
        var turn = fence.write(() -> database.sql(BEGIN)
                .param("device", device)
                .param("actor", actor)
                .param("itself", Rotation.GATEHOUSE)
                .param("now", Columns.timestamp(now))
                .param("stale", Columns.timestamp(now.minus(NO_PERSON_TAKES_LONGER)))
                .query(Long.class)
                .optional());
        events.publishEvent(new RotationChanged(device));
        return turn.map(number -> new Turn(device, number));
    }

    /**
     * The right to work on a replacement, until somebody else takes it up. It goes for people, too: a replacement that
     * was begun by button in one process may have been taken up by another that thought the first one dead.
     *
     * @param number no other turn has it, on whatever device
     */
    record Turn(UUID device, long number) implements Fence.Claim {

        private static final String HOLD = """
                select true from rotation where device_id = :device and turn = :turn and state = 'RUNNING' for update
                """;

        @Override
        public void hold(JdbcClient database) {
            if (database.sql(HOLD)
                    .param("device", device)
                    .param("turn", number)
                    .query(Boolean.class)
                    .optional()
                    .isEmpty()) {
                throw new LeaseLost("Somebody else replaces the credential of device %s by now".formatted(device));
            }
        }
    }

    /** Makes sure that what was begun here is still ours to go on with; asked before every order to Microsoft. */
    void require() {
        fence.require();
    }

    private static final String END = """
            update rotation set state = :state, ended_at = :now, detail = :detail, cure = :cure where device_id = :device
            """;

    void done(UUID device, String detail) {
        end(device, Rotation.State.DONE, detail, "");
    }

    void failed(UUID device, String cause, String cure) {
        end(device, Rotation.State.FAILED, cause, cure);
    }

    private void end(UUID device, Rotation.State state, String detail, String cure) {
        fence.write(() -> database.sql(END)
                .param("device", device)
                .param("state", state.name())
                .param("now", Columns.timestamp(clock.instant()))
                .param("detail", Columns.text(detail))
                .param("cure", Columns.text(cure))
                .update());
        events.publishEvent(new RotationChanged(device));
    }

    private static final String FORGET = "delete from rotation where device_id = :device";

    /** As if it had never begun. */
    void forget(UUID device) {
        fence.write(() -> database.sql(FORGET).param("device", device).update());
        events.publishEvent(new RotationChanged(device));
    }

    /** Whether one was interrupted, so that somebody has to finish it. */
    boolean isInterrupted(Rotation rotation, Instant now) {
        return rotation.isRunning()
                && (rotation.isByItself()
                        || rotation.began().plus(NO_PERSON_TAKES_LONGER).isBefore(now));
    }

    private static final String LOAD = "select journal from rotation_journal where tenant_id = :tenant";

    /** The journals of rotations, apart from those of set-ups: they note what is in use, whoever made it. */
    Journals journals() {
        return new Journals() {
            @Override
            public Journal load(TenantId tenant) {
                return Rotations.this.load(tenant);
            }

            @Override
            public void save(Journal journal) {
                Rotations.this.save(journal);
            }
        };
    }

    private Journal load(TenantId tenant) {
        return database.sql(LOAD)
                .param("tenant", tenant.value())
                .query(String.class)
                .optional()
                .map(text -> JournalText.read(tenant, text))
                .orElseGet(() -> Journal.empty(tenant));
    }

    private static final String SAVE = """
            insert into rotation_journal (tenant_id, journal, saved_at) values (:tenant, :journal, :now)
            on conflict (tenant_id) do update set journal = :journal, saved_at = :now
            """;

    private void save(Journal journal) {
        fence.write(() -> database.sql(SAVE)
                .param("tenant", journal.tenant().value())
                .param("journal", Columns.text(JournalText.write(journal)))
                .param("now", Columns.timestamp(clock.instant()))
                .update());
    }

    private static Rotation rotation(ResultSet row) throws SQLException {
        return new Rotation(
                row.getObject("device_id", UUID.class),
                Rotation.State.valueOf(row.getString("state")),
                row.getString("actor"),
                Columns.instant(row, "began_at"),
                Columns.optionalInstant(row, "ended_at"),
                row.getString("detail"),
                row.getString("cure"));
    }
}
