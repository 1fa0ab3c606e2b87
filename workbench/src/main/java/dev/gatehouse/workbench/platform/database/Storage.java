package dev.gatehouse.workbench.platform.database;

import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.workbench.platform.settings.DataDirectory;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Whether the database takes what it is given. Kept in memory, because what is wrong with a database cannot be written into
 * it. Everything goes on by itself once the cure is applied.
 */
@Component
public class Storage {

    private static final Logger log = LoggerFactory.getLogger(Storage.class);

    /** SQLSTATE of "disk full". Source: PostgreSQL documentation, appendix A. */
    private static final String DISK_FULL = "53100";

    /**
     * Classes of SQLSTATE that are about what was asked and not about the server: something that is not supported, data it
     * cannot take, a broken constraint, a wrong statement, more than a limit allows. Source: as above.
     */
    private static final Set<String> ABOUT_WHAT_WAS_ASKED = Set.of("0A", "21", "22", "23", "42", "54");

    /** A loop wanted to write outside of {@link Fence#write}, a mistake of ours. SQLSTATE of "read-only transaction". */
    static final String FORGOTTEN_FENCE = "25006";

    /** PostgreSQL writes its log ahead in files of 16 MB; when it cannot make one more it ends, and tells no client why. */
    private static final long ROOM_NEEDED = 32L << 20;

    /** Who refused a page is asked again within minutes. When none was refused for so long, there is room. */
    private static final Duration ROOM_AGAIN = Duration.ofMinutes(5);

    private final Settings settings;
    private final DataDirectory directory;
    private final MonotonicClock clock;

    private volatile Optional<Refused> ofPages = Optional.empty();
    private volatile Optional<Complaint> ofLeases = Optional.empty();
    private volatile Optional<Refused> ofRequests = Optional.empty();
    private final AtomicBoolean isTold = new AtomicBoolean();

    /**
     * What is wrong.
     *
     * @param cause in one sentence
     * @param cure what a person has to do
     */
    public record Complaint(String cause, String cure) {

        private static final Complaint FULL = new Complaint(
                "The disk of the database is full. Nothing new can be stored; what is stored is safe.",
                "Make room on the disk where PostgreSQL keeps its data, or give it a larger one. Collecting goes on by itself from where it was.");

        private static final Complaint AWAY = new Complaint(
                "The database does not answer, or does not take what it is given. Nothing new can be stored; what is stored is safe.",
                "See whether the database server is running and can be reached; its log and Gatehouse's tell more. Collecting goes on by itself from where it was.");
    }

    /** When a page was refused, and why. */
    private record Refused(Complaint complaint, long at) {}

    Storage(Settings settings, DataDirectory directory, MonotonicClock clock) {
        this.settings = settings;
        this.directory = directory;
        this.clock = clock;
    }

    /** What is wrong at the moment; empty when nothing is. */
    public Optional<Complaint> complaint() {
        return ofPages.map(Refused::complaint).or(() -> ofLeases).or(() -> ofRequests.map(Refused::complaint));
    }

    /** Once for each outage, whoever notices it first and however many do. */
    private void tell(Complaint complaint, Throwable failure) {
        if (isTold.compareAndSet(false, true)) {
            log.warn("{} {} ({})", complaint.cause(), complaint.cure(), rootOf(failure));
        }
    }

    private void tellWhenOver() {
        if (complaint().isEmpty() && isTold.compareAndSet(true, false)) {
            log.info("The database takes what it is given again");
        }
    }

    private static String rootOf(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /**
     * Whether a failure says that the database is away, full or in trouble, so that the same will work later; and not that
     * it was asked for something that it will never take.
     */
    public static boolean isAway(Throwable failure) {
        if (failure instanceof TransactionException) {
            return true;
        }
        if (!(failure instanceof DataAccessException)) {
            return false;
        }
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                var state = sql.getSQLState();
                return !state.equals(FORGOTTEN_FENCE)
                        && !ABOUT_WHAT_WAS_ASKED.contains(state.substring(0, Math.min(2, state.length())));
            }
        }
        return failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof NonTransientDataAccessResourceException;
    }

    private Complaint about(Throwable failure) {
        return isAboutRoom(failure) || isOwnDiskFull() ? Complaint.FULL : Complaint.AWAY;
    }

    private static boolean isAboutRoom(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && DISK_FULL.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private boolean isOwnDiskFull() {
        try {
            return settings.database().isEmbedded()
                    && Files.getFileStore(directory.path()).getUsableSpace() < ROOM_NEEDED;
        } catch (IOException e) {
            return false;
        }
    }

    /** The moment at which something begins to be written, for {@link #tookPage} and {@link #renewedLeases}. */
    public long beginning() {
        return clock.nanos();
    }

    /**
     * A page was stored. One with nothing new on it takes no room, and most have nothing new: it says nothing of a disk
     * that is full. One that was begun before another was refused says nothing at all: while a server ends, some connections are
     * cut off sooner than others.
     *
     * @param isNews whether anything on it was new
     * @param begun when its transaction began, see {@link #beginning}
     */
    public void tookPage(boolean isNews, long begun) {
        ofPages = ofPages.filter(refused -> isLater(refused, begun)
                || (refused.complaint().equals(Complaint.FULL) && !isNews && isLately(refused)));
        tellWhenOver();
    }

    private static boolean isLater(Refused refused, long begun) {
        return refused.at() - begun > 0;
    }

    private boolean isLately(Refused refused) {
        return clock.since(refused.at()).compareTo(ROOM_AGAIN) < 0;
    }

    /** A page could not be stored. */
    public void refusedPage(Exception failure) {
        var complaint = about(failure);
        ofPages = Optional.of(new Refused(complaint, clock.nanos()));
        tell(complaint, failure);
    }

    /**
     * Somebody's request failed.
     *
     * @param failure what came out, with its causes
     * @return what to tell them when the database is why; empty when it is not
     */
    public Optional<Complaint> refusedRequest(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (isAway(cause)) {
                var complaint = about(cause);
                ofRequests = Optional.of(new Refused(complaint, clock.nanos()));
                tell(complaint, cause);
                return Optional.of(complaint);
            }
        }
        return Optional.empty();
    }

    /**
     * This process has renewed its leases, which needs the database to write.
     *
     * @param begun when it began to, see {@link #beginning}
     */
    public void renewedLeases(long begun) {
        ofLeases = Optional.empty();
        ofRequests = ofRequests.filter(refused ->
                isLater(refused, begun) || (refused.complaint().equals(Complaint.FULL) && isLately(refused)));
        tellWhenOver();
    }

    /** This process could not renew its leases. */
    public void keptNoLeases(Exception failure) {
        var complaint = about(failure);
        ofLeases = Optional.of(complaint);
        tell(complaint, failure);
    }
}
