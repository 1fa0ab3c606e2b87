package dev.gatehouse.workbench.platform.postgres;

import dev.gatehouse.workbench.platform.settings.DataDirectory;
import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Who the database server runs as. PostgreSQL refuses to run as root, so under root it runs as {@code nobody}, and the
 * files are nobody's; otherwise it runs as we do.
 */
enum ServerUser {
    OURSELVES {
        @Override
        List<String> dropPrivileges() {
            return List.of();
        }

        @Override
        void own(Path path) {
            // What we make is ours already.
        }

        @Override
        void requireAccess(Path directory) {
            // Nor can anything be in the way.
        }
    },

    NOBODY {
        @Override
        List<String> dropPrivileges() {
            return List.of("--reuid=" + ID, "--regid=" + ID, "--clear-groups");
        }

        @Override
        void own(Path path) throws IOException {
            Files.setAttribute(path, "unix:uid", ID, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", ID, LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        void requireAccess(Path directory) throws IOException, InterruptedException {
            var ancestors = new ArrayList<Path>();
            for (var at = directory; at != null; at = at.getParent()) {
                ancestors.addFirst(at);
            }
            for (var ancestor : ancestors) {
                if (!canEnter(ancestor)) {
                    throw new InvalidSetting(
                            "The database server runs as user nobody, who cannot get through %s to %s. Run 'chmod o+x %s', or choose a data directory elsewhere with --data-directory."
                                    .formatted(ancestor, directory, ancestor));
                }
            }
        }

        private boolean canEnter(Path directory) throws IOException, InterruptedException {
            return new ProcessBuilder(command(List.of("test", "-x", directory.toString())))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        }
    };

    /** The user and group id of nobody, the same on all Linux distributions of today. */
    private static final int ID = 65534;

    static ServerUser ofThisProcess() {
        return DataDirectory.isRoot() ? NOBODY : OURSELVES;
    }

    /** The options of {@code setpriv} that turn us into this user. */
    abstract List<String> dropPrivileges();

    /** Makes a file or folder this user's. */
    abstract void own(Path path) throws IOException;

    /**
     * Makes sure that this user can get to a folder.
     *
     * @throws InvalidSetting when a folder above is in the way; names it and the cure
     */
    abstract void requireAccess(Path directory) throws IOException, InterruptedException;

    /**
     * A command as this user runs it. It has a session of its own, so that Ctrl-C on a terminal reaches us and not it,
     * since we want to close our connections first. It gets an interrupt, PostgreSQL's "fast shutdown", when the thread that started
     * it ends, so that not even a {@code kill -9} of this process leaves a server behind.
     */
    List<String> command(List<String> command) {
        var whole = new ArrayList<String>();
        whole.addAll(List.of("setsid", "setpriv"));
        whole.addAll(dropPrivileges());
        whole.addAll(List.of("--pdeathsig", "INT", "--"));
        whole.addAll(command);
        return whole;
    }
}
