package dev.gatehouse.workbench.store;

import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.workbench.settings.DataDirectory;
import dev.gatehouse.workbench.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
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

    /** SQLSTATE of "disk full". Source: PostgreSQL documentation, appendix A. */
    private static final String DISK_FULL = "53100";

    /**
     * Classes of SQLSTATE that are about what was asked and not about the server: something that is not supported, data it
     * cannot take, a broken constraint, a wrong statement, more than a limit allows. Source: as above.
     */
    private static final Set<String> ABOUT_WHAT_WAS_ASKED = Set.of("0A", "21", "22", "23", "42", "54");

    /** PostgreSQL writes its log ahead in files of 16 MB; when it cannot make one more it ends, and tells no client why. */
    private static final long ROOM_NEEDED = 32L << 20;

    /** Who refused a page is asked again within minutes. When none was refused for so long, there is room. */
    private static final Duration ROOM_AGAIN = Duration.ofMinutes(5);

    private final Settings settings;
    private final DataDirectory directory;
    private final MonotonicClock clock;

    private volatile Optional<Refused> ofPages = Optional.empty();
    private volatile Optional<Complaint> ofLeases = Optional.empty();

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
        return ofPages.map(Refused::complaint).or(() -> ofLeases);
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
                return !ABOUT_WHAT_WAS_ASKED.contains(state.substring(0, Math.min(2, state.length())));
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

    /**
     * A page was stored. One with nothing new on it takes no room, and most have nothing new: it says nothing of a disk
     * that is full.
     */
    void tookPage(Taken taken) {
        ofPages = ofPages.filter(refused -> refused.complaint().equals(Complaint.FULL)
                && !taken.isNews()
                && clock.since(refused.at()).compareTo(ROOM_AGAIN) < 0);
    }

    void refusedPage(Exception failure) {
        ofPages = Optional.of(new Refused(about(failure), clock.nanos()));
    }

    /** This process has renewed its leases, which needs the database to write. */
    public void renewedLeases() {
        ofLeases = Optional.empty();
    }

    /** This process could not renew its leases. */
    public void keptNoLeases(Exception failure) {
        ofLeases = Optional.of(about(failure));
    }
}
