package dev.gatehouse.workbench.platform.postgres;

import dev.gatehouse.workbench.platform.settings.DataDirectory;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The embedded server on its way up, while Spring finds out which beans there are: neither waits for the other. What goes wrong
 * is thrown where {@link DatabaseConfiguration} asks for the result.
 */
public final class StartingDatabase implements DisposableBean {

    /** What the server works in, and the way into it. */
    private record Started(DataDirectory directory, Database database) {}

    private final CompletableFuture<Started> started = new CompletableFuture<>();
    private volatile boolean directoryIsTaken;
    private volatile boolean databaseIsTaken;

    private StartingDatabase() {}

    /** Starts the server before there are beans, if it is the embedded one. */
    public static final class BeforeBeans implements ApplicationContextInitializer<GenericApplicationContext> {

        @Override
        public void initialize(GenericApplicationContext context) {
            try {
                var settings = Binder.get(context.getEnvironment());
                if (settings.bindOrCreate("gatehouse.database", Settings.Database.class)
                        .isEmbedded()) {
                    var directory = settings.bind("gatehouse.data-directory", String.class);
                    join(context, StartingDatabase.begin(DataDirectory.locate(directory.orElse(""))));
                }
            } catch (BindException e) {
                // Whoever reads all settings says what is wrong with this one.
            }
        }

        private static void join(GenericApplicationContext context, StartingDatabase starting) {
            var name = StartingDatabase.class.getName();
            var beans = context.getDefaultListableBeanFactory();
            beans.registerSingleton(name, starting);
            beans.registerDisposableBean(name, starting);
        }
    }

    private static StartingDatabase begin(Path directory) {
        var starting = new StartingDatabase();
        Thread.ofPlatform().name("database-start").daemon().start(() -> starting.start(directory));
        return starting;
    }

    private void start(Path path) {
        try {
            var directory = DataDirectory.open(path);
            try {
                started.complete(new Started(directory, Database.Embedded.in(directory)));
            } catch (RuntimeException e) {
                directory.close();
                throw e;
            }
        } catch (Throwable e) {
            // Whatever it is: somebody waits for an answer.
            started.completeExceptionally(e);
        }
    }

    /**
     * The data directory, when the server is up.
     *
     * @throws CompletionException with the reason why it is not
     */
    DataDirectory directory() {
        var directory = started.join().directory();
        directoryIsTaken = true;
        return directory;
    }

    /**
     * The way into the server, when it is up.
     *
     * @throws CompletionException with the reason why it is not
     */
    Database database() {
        var database = started.join().database();
        databaseIsTaken = true;
        return database;
    }

    /**
     * Stops what nobody has asked for, since the start failed elsewhere, as soon as it is up: what failed is said without waiting for a
     * recovery of minutes. What was asked for is stopped by whoever has it.
     */
    @Override
    public void destroy() {
        var _ = started.thenAccept(this::closeWhatIsNotTaken);
    }

    private void closeWhatIsNotTaken(Started unused) {
        if (!databaseIsTaken) {
            unused.database().close();
        }
        if (!directoryIsTaken) {
            try {
                unused.directory().close();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot give the data directory free", e);
            }
        }
    }
}
