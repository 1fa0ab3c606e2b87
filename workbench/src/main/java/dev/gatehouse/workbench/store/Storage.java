package dev.gatehouse.workbench.store;

import dev.gatehouse.workbench.settings.DataDirectory;
import dev.gatehouse.workbench.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Whether the database takes what it is given. Kept in memory, because what is wrong with a database cannot be written into
 * it. Everything goes on by itself once the cure is applied.
 */
@Component
public class Storage {

    /** SQLSTATE of "disk full". Source: PostgreSQL documentation, appendix A. */
    private static final String DISK_FULL = "53100";

    /** PostgreSQL writes its log ahead in files of 16 MB; when it cannot make one more it ends, and tells no client why. */
    private static final long ROOM_NEEDED = 32L << 20;

    /** Who refused a page is asked again within minutes. When none was refused for so long, there is room. */
    private static final Duration ROOM_AGAIN = Duration.ofMinutes(5);

    private final Settings settings;
    private final DataDirectory directory;
    private final InstantSource clock;

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
    private record Refused(Complaint complaint, Instant at) {}

    Storage(Settings settings, DataDirectory directory, InstantSource clock) {
        this.settings = settings;
        this.directory = directory;
        this.clock = clock;
    }

    /** What is wrong at the moment; empty when nothing is. */
    public Optional<Complaint> complaint() {
        return ofPages.map(Refused::complaint).or(() -> ofLeases);
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
        var quiet = clock.instant().minus(ROOM_AGAIN);
        ofPages = ofPages.filter(refused -> refused.complaint().equals(Complaint.FULL)
                && !taken.isNews()
                && refused.at().isAfter(quiet));
    }

    void refusedPage(Exception failure) {
        ofPages = Optional.of(new Refused(about(failure), clock.instant()));
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
