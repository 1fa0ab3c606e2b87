package dev.gatehouse.workbench.budget;

import dev.gatehouse.intake.diagnose.RetryAfter;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * What Microsoft does not want to be asked for now, by tenant and {@link RequestKind}. Whoever asks, asks here first:
 * polling, history, reconciliation and people alike.
 *
 * <p>What Microsoft wishes ({@code Retry-After}) is the least. While refusals go on, the pause doubles, from
 * {@link #SHORTEST} to {@link #LONGEST}. When it is over, one request goes first, and the others wait for what comes of it.
 *
 * <p>Pauses are kept in the database, so that they outlive the process and hold in the others, and read from memory: asking
 * costs no statement. The table has a row for each pause and is empty as a rule; it is looked at every {@link #LOOK}, and at
 * once when another process says so. Until when a pause lasts is told by the database's clock, and measured here by one that
 * never steps.
 *
 * <p>It is written {@linkplain Fence#besides besides} the fence: that Microsoft refused is true whoever holds the device, it
 * is about the tenant, and a pause only ever gets longer by it.
 */
@Component
public class Pauses {

    private static final Logger log = LoggerFactory.getLogger(Pauses.class);

    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** Errors are no refusals: what was asked for may be at fault, and asking for less has to go on. */
    private static final Duration LONGEST_AFTER_ERRORS = Duration.ofSeconds(30);

    /** Microsoft counts by the minute, and does not always say how long to wait. */
    private static final Duration WHEN_NOT_SAID = Duration.ofMinutes(1);

    private static final Duration LOOK = Duration.ofSeconds(30);

    /** Longer than a request takes; a request whose fate nobody tells of holds the others up no longer. */
    private static final Duration SCOUT = Duration.ofMinutes(1);

    private static final Duration LOOK_FOR_THE_SCOUT = Duration.ofSeconds(1);

    private static final int MOST_DOUBLINGS = 30;

    private final JdbcClient database;
    private final MonotonicClock monotonic;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;
    private final Map<Key, Held> held = new ConcurrentHashMap<>();
    private final ReentrantLock looking = new ReentrantLock();
    private volatile boolean hasLooked;
    private volatile long lookedAt;

    private record Key(TenantId tenant, RequestKind kind) {}

    /**
     * A pause in memory. Times are by the monotonic clock.
     *
     * @param until when it is over
     * @param refusals in a row
     * @param refusal the last one
     * @param scoutUntil until when the others wait for the one that was let go first
     * @param storedAt which edition of its row this is; empty while the database does not know
     */
    private record Held(
            long until, int refusals, Pause.Refusal refusal, long scoutUntil, Optional<OffsetDateTime> storedAt) {

        Held withScout(long until) {
            return new Held(this.until, refusals, refusal, until, storedAt);
        }

        Held stored(OffsetDateTime edition) {
            return new Held(until, refusals, refusal, scoutUntil, Optional.of(edition));
        }
    }

    /** Some pauses have begun or ended here; the other processes should look. */
    public record PausesChanged() {}

    Pauses(JdbcClient database, MonotonicClock monotonic, InstantSource clock, ApplicationEventPublisher events) {
        this.database = database;
        this.monotonic = monotonic;
        this.clock = clock;
        this.events = events;
    }

    // Asking

    /**
     * Lets a request go, or says how long to wait before trying again.
     *
     * @param take what else the request needs; only done when there is no pause, and answers zero when it was taken
     */
    Duration admit(TenantId tenant, RequestKind kind, Supplier<Duration> take) {
        lookNowAndThen();
        var key = new Key(tenant, kind);
        if (!held.containsKey(key)) {
            return take.get();
        }
        var wait = new Duration[] {Duration.ZERO};
        var isHeld = held.computeIfPresent(key, (same, found) -> {
            var now = monotonic.nanos();
            wait[0] = waitOf(found, now);
            if (wait[0].isZero()) {
                wait[0] = take.get();
                return wait[0].isZero() ? found.withScout(now + SCOUT.toNanos()) : found;
            }
            return found;
        });
        return isHeld == null ? take.get() : wait[0];
    }

    /** How long until there may be a request, as far as Microsoft is concerned. */
    Duration waitOf(TenantId tenant, RequestKind kind) {
        lookNowAndThen();
        var found = held.get(new Key(tenant, kind));
        return found == null ? Duration.ZERO : waitOf(found, monotonic.nanos());
    }

    private static Duration waitOf(Held found, long now) {
        if (found.until() - now > 0) {
            return Duration.ofNanos(found.until() - now);
        }
        var scout = Duration.ofNanos(Math.max(0, found.scoutUntil() - now));
        return scout.compareTo(LOOK_FOR_THE_SCOUT) < 0 ? scout : LOOK_FOR_THE_SCOUT;
    }

    /** What Microsoft wants now; empty when it may be asked. */
    public Optional<Pause> of(TenantId tenant, RequestKind kind) {
        lookNowAndThen();
        var now = monotonic.nanos();
        return Optional.ofNullable(held.get(new Key(tenant, kind)))
                .filter(found -> found.until() - now > 0)
                .map(found -> {
                    var left = Duration.ofNanos(found.until() - now);
                    return new Pause(kind, clock.instant().plus(left), left, found.refusals(), found.refusal());
                });
    }

    /** All of a tenant's pauses. */
    public List<Pause> of(TenantId tenant) {
        return Arrays.stream(RequestKind.values())
                .flatMap(kind -> of(tenant, kind).stream())
                .toList();
    }

    // Being answered

    /** Notes what came of a request that did not bring what it should. */
    public void failed(TenantId tenant, RequestKind kind, Diagnosis diagnosis) {
        if (isRefusal(diagnosis)) {
            refused(tenant, kind, diagnosis);
        } else if (diagnosis.httpStatus().orElse(500) < 500) {
            // Microsoft looked at it, and found something else wrong.
            answered(tenant, kind);
        } else {
            unanswered(tenant, kind);
        }
    }

    /** Notes that Microsoft has not said what it thinks of such requests: the next one goes first. */
    public void unanswered(TenantId tenant, RequestKind kind) {
        held.computeIfPresent(new Key(tenant, kind), (key, found) -> found.withScout(monotonic.nanos()));
    }

    /** Whether Microsoft does not want to be asked again for now. */
    private static boolean isRefusal(Diagnosis diagnosis) {
        var status = diagnosis.httpStatus().orElse(0);
        return diagnosis.trouble() == Trouble.THROTTLED
                || (diagnosis.retryAfter().isPresent()
                        && (status == 500 || status == 502 || status == 503 || status == 504));
    }

    private void refused(TenantId tenant, RequestKind kind, Diagnosis diagnosis) {
        var status = diagnosis.httpStatus().orElse(0);
        var isError = status == 500 || status == 502 || status == 504;
        var wish = diagnosis.retryAfter().orElse(WHEN_NOT_SAID);
        var key = new Key(tenant, kind);
        held.compute(key, (same, found) -> {
            var now = monotonic.nanos();
            // Those that were under way together are refused together, and that is one refusal.
            var isAgain = found == null || found.until() - now <= 0;
            var refusals = found == null ? 1 : found.refusals() + (isAgain ? 1 : 0);
            var growing = isAgain ? growing(refusals, isError ? LONGEST_AFTER_ERRORS : LONGEST) : Duration.ZERO;
            var pause = bounded(wish.compareTo(growing) > 0 ? wish : growing);
            var until = now + pause.toNanos();
            return new Held(
                    found == null ? until : Math.max(until - now, found.until() - now) + now,
                    refusals,
                    Pause.Refusal.of(diagnosis),
                    now,
                    Optional.empty());
        });
        store(key);
        events.publishEvent(new PausesChanged());
    }

    private static Duration growing(int refusals, Duration longest) {
        var doubled = SHORTEST.multipliedBy(1L << Math.min(refusals - 1, MOST_DOUBLINGS));
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }

    private static Duration bounded(Duration pause) {
        return pause.compareTo(RetryAfter.LONGEST) > 0 ? RetryAfter.LONGEST : pause;
    }

    /** Notes that a request was answered. What is under way while a pause holds ends none: Microsoft's wish stands. */
    public void answered(TenantId tenant, RequestKind kind) {
        var key = new Key(tenant, kind);
        var found = held.get(key);
        if (found == null || found.until() - monotonic.nanos() > 0) {
            return;
        }
        if (held.remove(key, found)) {
            found.storedAt().ifPresent(edition -> forget(key, edition));
            events.publishEvent(new PausesChanged());
        }
    }

    // In the database

    private static final String STORE = """
            insert into request_pause (tenant_id, kind, until, refusals, cause, code, status, request_id, refused_at)
            values (:tenant, :kind, clock_timestamp() + make_interval(secs => :seconds), :refusals,
                    :cause, :code, :status, :request, clock_timestamp())
            on conflict (tenant_id, kind) do update set
                until      = greatest(request_pause.until, excluded.until),
                refusals   = greatest(request_pause.refusals, excluded.refusals),
                cause      = excluded.cause,
                code       = excluded.code,
                status     = excluded.status,
                request_id = excluded.request_id,
                refused_at = excluded.refused_at
            returning refused_at
            """;

    /** A database that is away stops no pause; it is told later. */
    private void store(Key key) {
        var pause = held.get(key);
        if (pause == null) {
            return;
        }
        var refusal = pause.refusal();
        try {
            var edition = Fence.besides(() -> database.sql(STORE)
                    .param("tenant", key.tenant().value())
                    .param("kind", key.kind().key())
                    .param("seconds", Math.max(0, pause.until() - monotonic.nanos()) / 1e9)
                    .param("refusals", pause.refusals())
                    .param("cause", Columns.text(refusal.cause()))
                    .param("code", refusal.code().map(Columns::text).orElse(null))
                    .param(
                            "status",
                            refusal.status().isPresent() ? refusal.status().getAsInt() : null)
                    .param("request", refusal.requestId().map(Columns::text).orElse(null))
                    .query(OffsetDateTime.class)
                    .single());
            held.computeIfPresent(key, (same, found) -> found.until() == pause.until() ? found.stored(edition) : found);
        } catch (DataAccessException | TransactionException e) {
            log.debug("A pause that Microsoft asked for is kept in memory only for now", e);
        }
    }

    // Another process may have been refused meanwhile.
    private static final String FORGET =
            "delete from request_pause where tenant_id = :tenant and kind = :kind and refused_at = :edition";

    private void forget(Key key, OffsetDateTime edition) {
        try {
            Fence.besides(() -> database.sql(FORGET)
                    .param("tenant", key.tenant().value())
                    .param("kind", key.kind().key())
                    .param("edition", edition)
                    .update());
        } catch (DataAccessException | TransactionException e) {
            log.debug("A pause that is over is still in the database", e);
        }
    }

    private void lookNowAndThen() {
        var isDue = !hasLooked || monotonic.nanos() - lookedAt > LOOK.toNanos();
        if (!isDue) {
            return;
        }
        if (hasLooked) {
            if (looking.tryLock()) {
                lookAndUnlock();
            }
            return;
        }
        // Nobody asks before the pauses of the process before are known.
        looking.lock();
        if (hasLooked) {
            looking.unlock();
        } else {
            lookAndUnlock();
        }
    }

    private void lookAndUnlock() {
        try {
            look();
        } catch (DataAccessException | TransactionException e) {
            log.debug("What Microsoft wants could not be read; what is known stays", e);
        } finally {
            looking.unlock();
        }
    }

    private static final String FOUND = """
            select tenant_id, kind, refusals, cause, code, status, request_id, refused_at,
                   extract(epoch from until - clock_timestamp())::float8 as seconds_left
            from request_pause where kind = any(:kinds)
            """;

    private static final String[] KINDS =
            Arrays.stream(RequestKind.values()).map(RequestKind::key).toArray(String[]::new);

    private static final String FORGET_OLD =
            "delete from request_pause where until < clock_timestamp() - interval '1 day'";

    /** Reads all pauses, of whichever process, and stores what could not be stored. */
    public void look() {
        lookedAt = monotonic.nanos();
        held.forEach((key, pause) -> {
            if (pause.storedAt().isEmpty()) {
                store(key);
            }
        });
        var before = Map.copyOf(held);
        var present = new HashSet<Key>();
        for (var row : database.sql(FOUND)
                .param("kinds", KINDS)
                .query((row, number) -> row(row))
                .list()) {
            present.add(row.key());
            held.merge(row.key(), row.pause(), Pauses::longer);
        }
        // Ended elsewhere, or taken away by hand.
        before.forEach((key, pause) -> {
            if (pause.storedAt().isPresent() && !present.contains(key)) {
                held.remove(key, pause);
            }
        });
        if (!present.isEmpty()) {
            Fence.besides(() -> database.sql(FORGET_OLD).update());
        }
        hasLooked = true;
    }

    private record Row(Key key, Held pause) {}

    private Row row(ResultSet row) throws SQLException {
        var now = monotonic.nanos();
        var left = Math.min(row.getDouble("seconds_left"), (double) RetryAfter.LONGEST.toSeconds());
        var status = row.getObject("status", Integer.class);
        return new Row(
                new Key(new TenantId(row.getObject("tenant_id", UUID.class)), RequestKind.of(row.getString("kind"))),
                new Held(
                        now + (long) (left * 1e9),
                        row.getInt("refusals"),
                        new Pause.Refusal(
                                row.getString("cause"),
                                Optional.ofNullable(row.getString("code")),
                                status == null ? OptionalInt.empty() : OptionalInt.of(status),
                                Optional.ofNullable(row.getString("request_id"))),
                        now,
                        Optional.of(row.getObject("refused_at", OffsetDateTime.class))));
    }

    /** What is ours already is known better here than by a look at two clocks. */
    private static Held longer(Held ours, Held theirs) {
        if (ours.storedAt().equals(theirs.storedAt())) {
            return ours;
        }
        var latest = ours.until() - theirs.until() >= 0 ? ours : theirs;
        return new Held(
                latest.until(),
                Math.max(ours.refusals(), theirs.refusals()),
                latest.refusal(),
                ours.scoutUntil(),
                theirs.storedAt());
    }
}
