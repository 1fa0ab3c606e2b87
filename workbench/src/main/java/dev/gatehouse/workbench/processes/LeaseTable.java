package dev.gatehouse.workbench.processes;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Lease;
import dev.gatehouse.workbench.platform.database.ProcessId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What one process writes into the tables of processes and leases. Every statement is a transaction of its own. */
final class LeaseTable {

    private final JdbcClient database;
    private final ThisProcess process;
    private final double seconds;

    /**
     * The tables by way of one connection.
     *
     * @param duration how long a lease lasts when it is not renewed
     */
    LeaseTable(JdbcClient database, ThisProcess process, Duration duration) {
        this.database = database;
        this.process = process;
        this.seconds = duration.toMillis() / 1000.0;
    }

    private static final String SIGN_ON = """
            insert into process (id, name, host, version, started_at, seen_at, alive_until)
            values (:process, :name, :host, :version, clock_timestamp(), clock_timestamp(),
                    clock_timestamp() + make_interval(secs => :seconds))
            on conflict (id) do update set seen_at = excluded.seen_at, alive_until = excluded.alive_until
            """;

    private static final String FORGET = "delete from process where alive_until < clock_timestamp() - interval '1 day'";

    /** Says that we are alive, and forgets those who have not said so for a day. */
    void signOn() {
        ours(SIGN_ON)
                .param("name", process.name())
                .param("host", process.host())
                .param("version", process.version())
                .param("seconds", seconds)
                .update();
        database.sql(FORGET).update();
    }

    /** What has to be read, and a text that changes with any of its devices. */
    private static final String TENANTS = """
            (select directory_id as tenant_id, string_agg(xmin::text, ' ' order by id) as edition
             from security_device where deleted_at is null group by directory_id)""";

    private static final String OF_TENANT = """
            (select string_agg(xmin::text, ' ' order by id) as edition
             from security_device where directory_id = l.tenant_id and deleted_at is null)""";

    // A lease that has ended but went to nobody is still ours: nobody can have done anything meanwhile.
    private static final String RENEW = """
            update lease l set until = clock_timestamp() + make_interval(secs => :seconds)
            from %s t
            where l.process_id = :process and t.tenant_id = l.tenant_id
            returning l.tenant_id, l.process_id, l.epoch, t.edition, l.since
            """.formatted(TENANTS);

    private static final String HELD =
            "with held as (%s) select * from held order by since, tenant_id".formatted(RENEW);

    /** Renews what we hold, and gives it, what we have held longest first. */
    List<Held> renew() {
        return ours(HELD)
                .param("seconds", seconds)
                .query((row, number) -> held(row))
                .list();
    }

    private static final String DROP_REMOVED = """
            delete from lease l
            where (l.process_id = :process or l.process_id is null)
              and not exists (select from security_device d where d.directory_id = l.tenant_id and d.deleted_at is null)
            """;

    private static final String ADD_NEW = """
            insert into lease (tenant_id, until)
            select distinct directory_id, '-infinity'::timestamptz from security_device d
            where deleted_at is null and not exists (select from lease l where l.tenant_id = d.directory_id)
            on conflict do nothing
            """;

    /** Sees to it that every tenant with a device has a lease to be claimed, and that the others have none. */
    void prepare() {
        ours(DROP_REMOVED).update();
        database.sql(ADD_NEW).update();
    }

    private static final String SHARE = """
            select ceil(count(distinct directory_id)::numeric / greatest(1, (select count(*) from process
                where alive_until between clock_timestamp() and clock_timestamp() + make_interval(secs => 2 * :seconds))))
            from security_device where deleted_at is null
            """;

    /** How many tenants each process may hold so that all are held. */
    int share() {
        return database.sql(SHARE)
                .param("seconds", seconds)
                .query(Integer.class)
                .single();
    }

    // A lease that lasts longer than any is given was given before somebody set the server's clock back.
    // Skips what is locked: another process is claiming it, or is just storing a last page under its old lease.
    private static final String CLAIM = """
            with free as (
                select l.tenant_id, d.edition from lease l cross join lateral %s d
                where (l.until <= clock_timestamp() or l.until > clock_timestamp() + make_interval(secs => 2 * :seconds))
                  and d.edition is not null
                order by random() limit :most
                for update of l skip locked)
            update lease l
            set process_id = :process, epoch = epoch + 1, since = clock_timestamp(),
                until = clock_timestamp() + make_interval(secs => :seconds)
            from free where free.tenant_id = l.tenant_id
            returning l.tenant_id, l.process_id, l.epoch, free.edition
            """.formatted(OF_TENANT);

    /** Takes tenants that nobody holds. */
    List<Held> claim(int most) {
        return ours(CLAIM)
                .param("seconds", seconds)
                .param("most", most)
                .query((row, number) -> held(row))
                .list();
    }

    // A server waits for a client that has sent half of a statement, or reads no answer, as long as the client's
    // machine is there, whatever the limit for idling in a transaction. A session that the server is busy for is left
    // alone: its client may be well, and it comes to its end or to a wait. Of another login's sessions those are ended
    // that PostgreSQL would let us end; one that it would not would fail the statement. Materialized, so that all
    // conditions come before the end.
    private static final String END_STANDING_STILL = """
            with standing as materialized (
                select a.pid, p.name
                from process p
                join pg_stat_activity a on a.application_name = :sessions || p.id
                join pg_roles login on login.oid = a.usesysid
                where p.id <> :process and p.alive_until <= clock_timestamp()
                  and a.datname = current_database() and a.wait_event_type = 'Client'
                  and a.xact_start <= clock_timestamp() - make_interval(secs => :seconds)
                  and (pg_has_role(login.oid, 'usage') or pg_has_role('pg_signal_backend', 'usage'))
                  and (not login.rolsuper or current_setting('is_superuser')::boolean))
            select s.name from standing s
            where pg_terminate_backend(s.pid)
            """;

    /**
     * Ends the sessions of other processes that stand still in a transaction, for longer than a lease lasts, while the
     * server waits for their process, when that one has not said for as long that it is alive. By their locks nobody else
     * could claim or write what they were writing. Sessions that this login may not end, or not see, are left alone.
     *
     * @return of each session that was ended, the name of its process
     */
    List<String> endStandingStill() {
        return ours(END_STANDING_STILL)
                .param("sessions", ProcessId.SESSIONS)
                .param("seconds", seconds)
                .query((row, number) -> row.getString("name"))
                .list();
    }

    private static final String GIVE_BACK = """
            update lease set process_id = null, since = null, until = '-infinity'
            where process_id = :process and tenant_id = any (:tenants)
            """;

    /** Lets others have these tenants at once. */
    void giveBack(List<TenantId> tenants) {
        ours(GIVE_BACK)
                .param("tenants", tenants.stream().map(TenantId::value).toArray(UUID[]::new))
                .update();
    }

    private static final String NEXT_END = """
            select coalesce(least(:seconds, extract(epoch from min(until) - clock_timestamp())), :seconds)
            from lease where process_id <> :process and until > clock_timestamp()
            """;

    /** Until the lease of another process ends if it is not renewed: then somebody has to take over. */
    Duration untilNextEnd() {
        var left = ours(NEXT_END).param("seconds", seconds).query(Double.class).single();
        return Duration.ofMillis((long) (left * 1000) + 1);
    }

    private static final String GIVE_ALL_BACK = """
            update lease set process_id = null, since = null, until = '-infinity' where process_id = :process
            """;

    private static final String SIGN_OFF = "delete from process where id = :process";

    /** Gives everything back, and is gone. */
    void signOff() {
        ours(GIVE_ALL_BACK).update();
        ours(SIGN_OFF).update();
    }

    private JdbcClient.StatementSpec ours(String sql) {
        return database.sql(sql).param("process", process.id());
    }

    private static Held held(ResultSet row) throws SQLException {
        return new Held(
                new Lease(
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        row.getObject("process_id", UUID.class),
                        row.getLong("epoch")),
                row.getString("edition"));
    }
}
