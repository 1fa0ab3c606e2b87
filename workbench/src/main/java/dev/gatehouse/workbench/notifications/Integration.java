package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.people.Trace;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that notifications can be brought to. Its secret is not here.
 *
 * @param id ours
 * @param owner whose it is
 * @param type what it is
 * @param name what people call it
 * @param address where requests go
 * @param test how its last test ended
 * @param revision grows with every change
 * @param trace who wrote it and changed it, and when
 */
public record Integration(
        UUID id,
        Owner owner,
        IntegrationType type,
        String name,
        Address address,
        Test test,
        int revision,
        Trace trace) {

    /**
     * Where requests go, and how the receiver knows whose they are.
     *
     * @param url empty where it is the secret
     * @param auth of a webhook
     * @param username of a webhook with {@link WebhookAuth#BASIC}; empty otherwise
     */
    public record Address(String url, Optional<WebhookAuth> auth, String username) {}

    /**
     * How the last test ended.
     *
     * @param status whether there was one, and whether it went well
     * @param at when
     * @param result what came of it, in words; empty when there was none
     */
    public record Test(Status status, Optional<Instant> at, String result) {

        static final Test NONE = new Test(Status.UNTESTED, Optional.empty(), "");
    }

    /** How a test can end. */
    public enum Status {
        UNTESTED("Not tested"),
        TEST_SUCCESS("Test succeeded"),
        TEST_FAIL("Test failed");

        private final String title;

        Status(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** Where rules name it. */
    public Destination destination() {
        return new Destination.ToIntegration(id);
    }
}
