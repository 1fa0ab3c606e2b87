package dev.gatehouse.cli.tenant;

import dev.gatehouse.model.Connection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the tenant commands need of the program around them. */
public interface TenantContext {

    /** For results. */
    PrintWriter out();

    /** For progress and questions. */
    PrintWriter err();

    /** What somebody at the keyboard answers; empty when nobody is there. */
    Optional<String> ask(String question);

    /** Ends the command unless somebody at the keyboard says yes. */
    default void confirm(String question) {
        var answer = ask(question + " Only 'yes' is taken:");
        if (answer.isEmpty()) {
            throw new TenantFailure(
                    TenantFailure.Kind.BAD_INPUT,
                    "Nothing was done: there is no terminal to ask at. --yes does it without asking.");
        }
        if (!answer.get().strip().equals("yes")) {
            throw new TenantFailure(TenantFailure.Kind.BAD_INPUT, "Nothing was done.");
        }
    }

    /** Where journals are kept. */
    Path journals();

    /**
     * The Workbench to talk to.
     *
     * @param url its address; the usual one when absent
     * @param tokenFile a file with an API token; the usual one when absent
     */
    Workbench workbench(@Nullable String url, @Nullable Path tokenFile);

    /** A running Workbench. Its methods end the command when it does not answer. */
    interface Workbench extends AutoCloseable {

        /** The device of a directory, when there is one. */
        Optional<KnownDevice> deviceOf(String directoryId);

        /**
         * Adds a device, with its secret.
         *
         * @param secretId the Secret ID
         * @param end until when the secret works
         * @return what is wrong; empty when it was added
         */
        Optional<String> add(String name, String location, Connection connection, String secretId, Instant end);

        /**
         * Gives a device another application and secret.
         *
         * @param secretId the Secret ID
         * @param end until when the secret works
         * @return what is wrong; empty when it was changed
         */
        Optional<String> change(String deviceId, Connection connection, String secretId, Instant end);

        /** Tries a device's connection, step by step. */
        List<Tried> test(String deviceId);

        @Override
        void close();
    }

    /** A device that a Workbench has. */
    record KnownDevice(String id, String name, String applicationId) {}

    /** One step of a connection test. */
    record Tried(String title, boolean passed, String detail) {}
}
