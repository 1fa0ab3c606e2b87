package dev.gatehouse.workbench.web.api.devices;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.workbench.devices.ConsoleAccess;
import dev.gatehouse.workbench.devices.DeviceHealth;
import dev.gatehouse.workbench.devices.FeedHealth;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.Stage;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Relations;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A security device as a resource: the attributes of the known product first, ours after them. */
final class DeviceResource {

    static final String TYPE = Relations.DEVICES;
    static final String PATH = Relations.DEVICES_PATH;

    private DeviceResource() {}

    static ObjectNode of(SecurityDevice device, DeviceHealth health, ConsoleAccess consoleAccess, Instant now) {
        var countdown = device.credential().countdown(now);
        var resource = Documents.resource(TYPE, device.id().toString());
        var attributes = Documents.attributes(resource);
        DeviceField.ALL.stream()
                .filter(field -> !field.isWriteOnly())
                .forEach(field -> attributes.put(field.key(), device.text(field)));
        attributes.put("device_type", "CLOUD").put("task_source", "EXPEL_TASKPOOL");
        attributes
                .putObject("device_spec")
                .put("directory_id", device.directory().toString())
                .put("application_id", device.application().toString())
                .put("cloud", device.cloud());
        attributes.putObject("properties");
        attributes.put("status", health.status().key());
        statusDetails(attributes.putObject("status_details"), health);
        attributes
                .put("status_updated_at", Documents.time(health.since()))
                .put(
                        "is_verifying_status",
                        health.stage() == Stage.VERIFYING || health.stage() == Stage.WAITING_FOR_FIRST_POLL)
                .put("has_console_credentials", false)
                .put("has_two_factor_secret", false)
                .putNull("no_alert_threshold_hours");
        attributes
                .put("created_at", Documents.time(device.createdAt()))
                .put("updated_at", Documents.time(device.updatedAt()))
                .putNull("deleted_at");
        attributes
                .put("enabled", device.enabled())
                .put("credential", device.credential().kind().key())
                .put("credential_id", device.credential().id().orElse(null))
                .put("credential_expires_at", Documents.time(device.credential().expires()))
                .put("credential_days_left", countdown.days().orElse(null))
                .put("credential_state", countdown.level().key())
                .put("console_access", consoleAccess.state().key())
                .put("console_access_reason", consoleAccess.reason())
                .put("console_access_checked_at", Documents.time(consoleAccess.checkedAt()))
                .put("last_poll_at", Documents.time(health.lastPoll()))
                .put("last_data_at", Documents.time(health.lastData()));
        var feeds = attributes.putArray("feeds");
        health.feeds().forEach(feed -> feed(feeds.addObject(), feed, now));
        resource.putObject("links").put("self", PATH + "/" + device.id());
        var owner = device.organization().id().toString();
        Documents.relate(
                resource,
                "organization",
                "/api/v2/organizations/" + owner,
                Optional.of(new Documents.Linkage("organizations", owner)));
        Documents.relate(
                resource,
                Relations.ALERTS,
                Relations.ALERTS_PATH + "?filter%5Bsecurity_device%5D%5Bid%5D=" + device.id(),
                Optional.empty());
        return resource;
    }

    private static void statusDetails(ObjectNode details, DeviceHealth health) {
        var worst = health.worst();
        var endpoint = health.feeds().stream()
                .filter(feed -> worst.isPresent() && feed.diagnosis().equals(worst))
                .findFirst()
                .map(feed -> feed.feed().path());
        details.put("stage", health.stage().key())
                .put("code", worst.map(diagnosis -> diagnosis.trouble().key()).orElse(null))
                .put("message", worst.map(Diagnosis::cause).or(health::note).orElse(null))
                .put("hint", worst.map(Diagnosis::cure).orElse(null))
                .put("endpoint", endpoint.orElse(null))
                .put("http_status", worst.map(DeviceResource::httpStatus).orElse(null))
                .put("graph_error", worst.flatMap(Diagnosis::code).orElse(null))
                .put("request_id", worst.flatMap(Diagnosis::requestId).orElse(null))
                .put("since", Documents.time(health.since()));
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
                .put("http_status", diagnosis.map(DeviceResource::httpStatus).orElse(null))
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
