package dev.gatehouse.workbench.web.api.devices;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.ConsoleAccess;
import dev.gatehouse.workbench.devices.DeviceHealth;
import dev.gatehouse.workbench.devices.FeedHealth;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is told of a security device besides what it can be filtered by. */
final class DeviceAttributes {

    private DeviceAttributes() {}

    static ObjectNode of(
            SecurityDevice device, DeviceHealth health, Map<TenantId, ConsoleAccess> accesses, Instant now) {
        var countdown = device.credential().countdown(now);
        var consoleAccess =
                Optional.ofNullable(accesses.get(device.directory())).orElseGet(ConsoleAccess::unchecked);
        var attributes = JsonNodeFactory.instance.objectNode();
        attributes
                .putObject("device_spec")
                .put("directory_id", device.directory().toString())
                .put("application_id", device.application().toString())
                .put("cloud", device.cloud());
        attributes.putObject("properties");
        statusDetails(attributes.putObject("status_details"), health);
        attributes
                .put("credential", device.credential().kind().key())
                .put("credential_id", device.credential().id().orElse(null))
                .put("credential_expires_at", Documents.time(device.credential().expires()))
                .put("credential_days_left", countdown.days().orElse(null))
                .put("credential_state", countdown.level().key())
                .put("console_access", consoleAccess.state().key())
                .put("console_access_reason", consoleAccess.reason())
                .put("console_access_checked_at", Documents.time(consoleAccess.checkedAt()));
        var feeds = attributes.putArray("feeds");
        health.feeds().forEach(feed -> feed(feeds.addObject(), feed, now));
        return attributes;
    }

    private static void statusDetails(ObjectNode details, DeviceHealth health) {
        var worst = health.worst();
        var endpoint = health.feeds().stream()
                .filter(feed -> worst.isPresent() && feed.diagnosis().equals(worst))
                .findFirst()
                .map(feed -> feed.feed().path());
        details.put("stage", health.stage().key())
                .put("code", worst.map(diagnosis -> diagnosis.trouble().key()).orElse(null))
                .put(
                        "message",
                        worst.map(Diagnosis::cause)
                                .or(health::note)
                                .or(() -> unchecked(health))
                                .orElse(null))
                .put("hint", worst.map(Diagnosis::cure).orElse(null))
                .put("endpoint", endpoint.orElse(null))
                .put("http_status", worst.map(DeviceAttributes::httpStatus).orElse(null))
                .put("graph_error", worst.flatMap(Diagnosis::code).orElse(null))
                .put("request_id", worst.flatMap(Diagnosis::requestId).orElse(null))
                .put("since", Documents.time(health.since()));
    }

    /** Why there is no word on its health; empty when there is one. */
    private static Optional<String> unchecked(DeviceHealth health) {
        return switch (health.stage()) {
            case WAITING_FOR_FIRST_POLL, VERIFYING ->
                Optional.of("Its health is not known yet: %s."
                        .formatted(health.stage().title().toLowerCase(Locale.ROOT)));
            case DISABLED -> Optional.of("Somebody switched it off, so that nobody asks and its health is not known.");
            case POLLING_NO_DATA, RECEIVING_DATA, STALLED, UNHEALTHY -> Optional.empty();
        };
    }

    private static void feed(ObjectNode feed, FeedHealth health, Instant now) {
        var state = health.state();
        var diagnosis = health.diagnosis();
        feed.put("feed", health.feed().key())
                .put("title", health.feed().title())
                .put("watermark", Documents.time(state.watermark()))
                .put("checkpoint_moved_at", Documents.time(state.checkpointMoved()))
                .put("catching_up", health.isCatchingUp(now))
                .put("trying_again", health.isTryingAgain())
                .put("last_poll_at", Documents.time(state.lastPoll()))
                .put("last_success_at", Documents.time(state.lastSuccess()))
                .put("last_data_at", Documents.time(state.lastData()))
                .put("next_poll_at", Documents.time(state.nextPoll()))
                .put("second_look_at", Documents.time(state.secondLook()))
                .put("trouble", diagnosis.map(found -> found.trouble().key()).orElse(null))
                .put("is_notice", health.isNotice())
                .put("trouble_since", Documents.time(health.since().filter(since -> diagnosis.isPresent())))
                .put("cause", diagnosis.map(Diagnosis::cause).orElse(null))
                .put("cure", diagnosis.map(Diagnosis::cure).orElse(null))
                .put("code", diagnosis.flatMap(Diagnosis::code).orElse(null))
                .put("http_status", diagnosis.map(DeviceAttributes::httpStatus).orElse(null))
                .put("request_id", diagnosis.flatMap(Diagnosis::requestId).orElse(null))
                .put("failures", state.failures())
                .put("records", state.records())
                .put("versions", state.versions())
                .put("unreadable", state.unreadable())
                .put("left_out", state.leftOut())
                .put("quarantined_windows", state.owed());
    }

    static @Nullable Integer httpStatus(Diagnosis diagnosis) {
        return diagnosis.httpStatus().isPresent() ? diagnosis.httpStatus().getAsInt() : null;
    }
}
