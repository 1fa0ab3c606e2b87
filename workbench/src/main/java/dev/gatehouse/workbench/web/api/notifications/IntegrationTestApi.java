package dev.gatehouse.workbench.web.api.notifications;

import dev.gatehouse.workbench.notifications.Integrations;
import dev.gatehouse.workbench.notifications.NoSuchNotification;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Caller;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.resources.Answers;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Tries an integration, as its page does: the receiver gets a message that says it is a test. */
@RestController
class IntegrationTestApi {

    private final Integrations integrations;
    private final Answers answers;

    IntegrationTestApi(Integrations integrations, Answers answers) {
        this.integrations = integrations;
        this.answers = answers;
    }

    /** Answers once the receiver has, some seconds later at most, with what came of it in {@code status} and {@code test_result}. */
    @PostMapping("/api/v2/integrations/{id}/test")
    @Operation("Sends a test message to an integration and gives it with what came of that")
    ResponseEntity<JsonNode> test(Scope scope, @PathVariable String id, @AuthenticationPrincipal Caller who)
            throws InterruptedException {
        try {
            var tested = integrations.test(scope, known(id), Actor.of(who));
            return answers.ok(
                    scope, NotificationResources.INTEGRATIONS, tested.id().toString());
        } catch (NoSuchNotification e) {
            throw none(id);
        }
    }

    private static UUID known(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw none(id);
        }
    }

    private static Refusal none(String id) {
        return Refusal.notFound("There is no integration with the id %s.".formatted(id));
    }
}
