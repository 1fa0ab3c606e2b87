package dev.gatehouse.workbench.store;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The state of every feed. Successes are written by {@link Records}, together with the records that they brought. */
@Component
public class Feeds {

    private final JdbcClient database;
    private final Fence fence;

    Feeds(JdbcClient database, Fence fence) {
        this.database = database;
        this.fence = fence;
    }

    private static final String ALL = """
            select f.*, (select count(*) from quarantined_window q
                         where q.device_id = d.id and q.tenant_id = d.directory_id and q.feed = f.feed
                           and q.resolved_at is null) as owed
            from security_device d join feed f on f.device_id = d.id
            """;

    private static final String OF_DEVICE = ALL + "where f.device_id = :device";

    private static final String ONE = OF_DEVICE + " and f.feed = :feed";

    /** Every feed that was ever touched, of every device, deleted ones included. */
    public List<FeedState> all() {
        return database.sql(ALL).query((row, number) -> state(row)).list();
    }

    /** A device's feeds that were ever touched. */
    public List<FeedState> of(UUID device) {
        return database.sql(OF_DEVICE)
                .param("device", device)
                .query((row, number) -> state(row))
                .list();
    }

    /** One feed's state. */
    public FeedState of(UUID device, Feed feed) {
        return database.sql(ONE)
                .param("device", device)
                .param("feed", feed.key())
                .query((row, number) -> state(row))
                .optional()
                .orElseGet(() -> FeedState.untouched(device, feed));
    }

    private static final String FAILED = """
            insert into feed (device_id, feed, last_poll_at, trouble, trouble_since, trouble_cause, trouble_cure,
                              trouble_code, trouble_status, trouble_request, failures)
            values (:device, :feed, :at, :trouble, :at, :cause, :cure, :code, :status, :request, 1)
            on conflict (device_id, feed) do update set
                last_poll_at    = excluded.last_poll_at,
                working_since   = null,
                trouble         = excluded.trouble,
                trouble_since   = case when feed.failures > 0 then feed.trouble_since else excluded.trouble_since end,
                trouble_cause   = excluded.trouble_cause,
                trouble_cure    = excluded.trouble_cure,
                trouble_code    = excluded.trouble_code,
                trouble_status  = excluded.trouble_status,
                trouble_request = excluded.trouble_request,
                failures        = feed.failures + 1
            returning failures = 1
            """;

    /**
     * Notes a failed attempt. The watermark stays.
     *
     * @param at when, by our clock
     * @return whether it is the first failure after a success
     */
    public boolean failed(UUID device, Feed feed, Diagnosis diagnosis, Instant at) {
        return fence.write(() -> database.sql(FAILED)
                .param("device", device)
                .param("feed", feed.key())
                .param("at", Columns.timestamp(at))
                .param("trouble", diagnosis.trouble().key())
                .param("cause", Columns.text(diagnosis.cause()))
                .param("cure", Columns.text(diagnosis.cure()))
                .param("code", diagnosis.code().map(Columns::text).orElse(null))
                .param(
                        "status",
                        diagnosis.httpStatus().isPresent()
                                ? diagnosis.httpStatus().getAsInt()
                                : null)
                .param("request", diagnosis.requestId().map(Columns::text).orElse(null))
                .query(Boolean.class)
                .single());
    }

    private static final String PLANNED = """
            insert into feed (device_id, feed, next_poll_at) values (:device, :feed, :at)
            on conflict (device_id, feed) do update set next_poll_at = excluded.next_poll_at
            """;

    /** Notes when a feed is due again. */
    public void planned(UUID device, Feed feed, Instant at) {
        fence.write(() -> database.sql(PLANNED)
                .param("device", device)
                .param("feed", feed.key())
                .param("at", Columns.timestamp(at))
                .update());
    }

    private static final String FORGET_TROUBLE = """
            update feed set trouble = null, trouble_since = null, trouble_cause = null, trouble_cure = null,
                            trouble_code = null, trouble_status = null, trouble_request = null, failures = 0
            where device_id = :device
            """;

    /** Forgets a device's troubles, because what it connects with has changed and has to be tried anew. */
    public void forgetTrouble(UUID device) {
        fence.write(() -> database.sql(FORGET_TROUBLE).param("device", device).update());
    }

    private static final String START_OVER = "delete from feed where device_id = :device";

    /** Forgets how far a device has been read, because it now reads another directory. */
    public void startOver(UUID device) {
        fence.write(() -> database.sql(START_OVER).param("device", device).update());
    }

    private static final String SECOND_LOOK = """
            update feed set second_look_at = :at where device_id = :device and feed = :feed
            """;

    /** Notes that the recent past was read once more. */
    public void lookedTwice(UUID device, Feed feed, Instant at) {
        fence.write(() -> database.sql(SECOND_LOOK)
                .param("at", Columns.timestamp(at))
                .param("device", device)
                .param("feed", feed.key())
                .update());
    }

    private static FeedState state(ResultSet row) throws SQLException {
        return new FeedState(
                row.getObject("device_id", UUID.class),
                Feed.of(row.getString("feed")),
                Columns.optionalInstant(row, "watermark"),
                Columns.optionalInstant(row, "last_poll_at"),
                Columns.optionalInstant(row, "last_success_at"),
                Columns.optionalInstant(row, "last_data_at"),
                Columns.optionalInstant(row, "next_poll_at"),
                Columns.optionalInstant(row, "working_since"),
                Columns.optionalInstant(row, "second_look_at"),
                Columns.optionalInstant(row, "checkpoint_moved_at"),
                Columns.diagnosis(row, "trouble_request"),
                Columns.optionalInstant(row, "trouble_since"),
                row.getInt("failures"),
                row.getLong("records"),
                row.getLong("versions"),
                row.getLong("unreadable"),
                row.getLong("left_out"),
                row.getInt("owed"));
    }
}
