package dev.gatehouse.workbench.web.api.devices;

import static dev.gatehouse.workbench.web.api.resources.Attribute.always;
import static dev.gatehouse.workbench.web.api.resources.Attribute.bool;
import static dev.gatehouse.workbench.web.api.resources.Attribute.computed;
import static dev.gatehouse.workbench.web.api.resources.Attribute.integer;
import static dev.gatehouse.workbench.web.api.resources.Attribute.none;
import static dev.gatehouse.workbench.web.api.resources.Attribute.text;
import static dev.gatehouse.workbench.web.api.resources.Attribute.time;
import static dev.gatehouse.workbench.web.api.resources.Relation.many;
import static dev.gatehouse.workbench.web.api.resources.Relation.one;
import static dev.gatehouse.workbench.web.api.resources.Relation.through;
import static dev.gatehouse.workbench.web.api.resources.Relation.toNobody;
import static dev.gatehouse.workbench.web.api.resources.Relation.toNone;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.workbench.devices.ConsoleAccesses;
import dev.gatehouse.workbench.devices.DeviceDraft;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.DeviceHealth;
import dev.gatehouse.workbench.devices.DeviceViews;
import dev.gatehouse.workbench.devices.FeedHealth;
import dev.gatehouse.workbench.devices.InvalidDevice;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.devices.Stage;
import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.records.VendorAlertViews;
import dev.gatehouse.workbench.web.api.dialect.Actor;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.resources.Attribute;
import dev.gatehouse.workbench.web.api.resources.Change;
import dev.gatehouse.workbench.web.api.resources.Description;
import dev.gatehouse.workbench.web.api.resources.Key;
import dev.gatehouse.workbench.web.api.resources.Resource;
import dev.gatehouse.workbench.web.api.resources.Resource.Written;
import dev.gatehouse.workbench.web.api.resources.Row;
import dev.gatehouse.workbench.web.api.resources.Type;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code security_devices} with what belongs to them, and {@code plugins}: what a device can be. */
@Component
class DeviceResources implements Description {

    static final String DEVICES = "security_devices";
    private static final String HISTORIES = "security_device_histories";
    private static final String COUNTS = "security_device_counts";
    private static final String PLUGINS = "plugins";
    private static final String ORGANIZATION = "organization_id";

    /** Where a row keeps what its attributes are made of, once it is one of those that are shown. */
    private static final String DEVICE = " device";

    private static final String HEALTH = " health";

    private final SecurityDevices devices;
    private final DeviceEditing editing;
    private final ConsoleAccesses consoleAccesses;
    private final InstantSource clock;

    DeviceResources(
            SecurityDevices devices, DeviceEditing editing, ConsoleAccesses consoleAccesses, InstantSource clock) {
        this.devices = devices;
        this.editing = editing;
        this.consoleAccesses = consoleAccesses;
        this.clock = clock;
    }

    @Override
    public List<Resource> resources() {
        return List.of(devices(), histories(), counts(), secrets(), plugins());
    }

    private Resource devices() {
        return Resource.of(DEVICES, this::deviceRows)
                .says(
                        "Connections to directories, see docs/cli.md for their fields. Secrets are written and never given back."
                                + " The status is health_checks_not_supported while nobody knows better: before all of it was asked"
                                + " once, and while it is switched off. status_details says which.")
                .has(DeviceField.ALL.stream()
                        .map(field -> field.isWriteOnly()
                                ? text(field.key()).writeOnly()
                                : text(field.key()).writable())
                        .toList())
                .has(
                        always("device_type", Type.TEXT, "CLOUD")
                                .of(List.of("ENDPOINT", "NETWORK", "SIEM", "OTHER", "CLOUD")),
                        always("task_source", Type.TEXT, "EXPEL_TASKPOOL")
                                .of(List.of("CUSTOMER_PREMISE", "EXPEL_TASKPOOL")),
                        computed("device_spec", Type.JSON),
                        computed("properties", Type.JSON),
                        text("status")
                                .of(Arrays.stream(Stage.Status.values())
                                        .map(Stage.Status::key)
                                        .toList()),
                        computed("status_details", Type.JSON),
                        time("status_updated_at"),
                        bool("is_verifying_status"),
                        always("has_console_credentials", Type.BOOLEAN, false),
                        always("has_two_factor_secret", Type.BOOLEAN, false),
                        none("no_alert_threshold_hours", Type.INTEGER),
                        time("created_at"),
                        time("updated_at"),
                        none("deleted_at", Type.TIME),
                        bool("enabled").writable(),
                        computed("credential", Type.TEXT),
                        computed("credential_id", Type.TEXT),
                        computed("credential_expires_at", Type.TIME),
                        computed("credential_days_left", Type.INTEGER),
                        computed("credential_state", Type.TEXT),
                        computed("console_access", Type.TEXT),
                        computed("console_access_reason", Type.TEXT),
                        computed("console_access_checked_at", Type.TIME),
                        time("last_poll_at"),
                        time("last_data_at"),
                        computed("feeds", Type.JSON),
                        bool("create_organizations").writeOnly())
                .leadsTo(
                        one("organization", "organizations", ORGANIZATION),
                        one("vendor", "vendors", "vendor_id"),
                        one("plugin", PLUGINS, "plugin_slug"),
                        toNobody("assembler", "assemblers"),
                        toNobody("parent_security_device", DEVICES),
                        toNone("child_security_devices", DEVICES),
                        through(
                                        "vendor_alerts",
                                        "vendor_alerts",
                                        VendorAlertViews.SHOWN_BY,
                                        List.of("device_id"),
                                        List.of("tenant_id", "vendor_alert_id"))
                                .filteredAs(many("vendor_alerts", "vendor_alerts", "device_id")),
                        many(HISTORIES, HISTORIES, "device_id"),
                        one(COUNTS, COUNTS, "id"),
                        toNone("organization_contacts", "organization_contacts"),
                        toNone("investigative_actions", "investigative_actions"),
                        toNone("remediation_actions", "remediation_actions"),
                        toNobody("created_by", "actors"),
                        toNobody("updated_by", "actors"))
                .sortedBy("name")
                .computed((rows, scope, isWhole) -> addTo(rows))
                .createdElsewhere(Right.MANAGE_DEVICES)
                .changed(Right.MANAGE_DEVICES, this::change)
                .removed(Right.MANAGE_DEVICES, change -> {
                    editing.remove(change.id(), Actor.of(change.caller()));
                    return Written.of(change.id());
                })
                .build();
    }

    private Written change(Change change) {
        var device = device(change.row());
        var present = DeviceDraft.of(device);
        var draft = present.changedBy(field -> change.text(field.key()));
        var actor = Actor.of(change.caller());
        if (!draft.equals(present)) {
            try {
                editing.update(change.scope(), device.id(), draft, actor);
            } catch (InvalidDevice invalid) {
                throw SecurityDeviceApi.refusal(invalid);
            }
        }
        change.bool("enabled").ifPresent(enabled -> editing.setEnabled(device.id(), enabled, actor));
        return Written.of(device.id());
    }

    private List<Row> deviceRows(Scope scope) {
        return devices.judged(scope).stream()
                .map(judged -> row(judged.device(), judged.health()))
                .toList();
    }

    private static Row row(SecurityDevice device, DeviceHealth health) {
        var row = new Row()
                .with(DEVICE, device)
                .with(HEALTH, health)
                .with("id", device.id().toString())
                .with("status", health.status().key())
                .with("status_updated_at", health.since())
                .with(
                        "is_verifying_status",
                        health.stage() == Stage.VERIFYING || health.stage() == Stage.WAITING_FOR_FIRST_POLL)
                .with("created_at", device.createdAt())
                .with("updated_at", device.updatedAt())
                .with("enabled", device.enabled())
                .with("last_poll_at", health.lastPoll())
                .with("last_data_at", health.lastData())
                .with(ORGANIZATION, device.organization().id().toString())
                .with("vendor_id", "microsoft");
        DeviceField.ALL.stream()
                .filter(field -> !field.isWriteOnly())
                .forEach(field -> row.with(field.key(), device.text(field)));
        return row;
    }

    private static SecurityDevice device(Row row) {
        return (SecurityDevice) row.get(DEVICE).orElseThrow();
    }

    private static DeviceHealth health(Row row) {
        return (DeviceHealth) row.get(HEALTH).orElseThrow();
    }

    private void addTo(List<Row> rows) {
        var accesses = consoleAccesses.of(
                rows.stream().map(row -> device(row).directory()).collect(Collectors.toSet()));
        for (var row : rows) {
            DeviceAttributes.of(device(row), health(row), accesses, clock.instant())
                    .properties()
                    .forEach(attribute -> row.with(attribute.getKey(), attribute.getValue()));
        }
    }

    private static Resource histories() {
        return Resource.of(HISTORIES, DeviceViews.HISTORY)
                .says("What was done to security devices. It is written with the change itself and never changed.")
                .knownBy(Key.number("id"))
                .has(
                        text("action")
                                .of(List.of("CREATED", "UPDATED", "UPDATED_SECRETS", "ENABLED", "DISABLED", "DELETED")),
                        Attribute.json("value"),
                        time("created_at").from("at"),
                        text("actor_name"))
                .leadsTo(
                        one("security_device", DEVICES, "device_id"),
                        one("organization", "organizations", ORGANIZATION),
                        toNobody("created_by", "actors"))
                .sortedBy("created_at")
                .build();
    }

    private Resource counts() {
        return Resource.of(COUNTS, this::countRows)
                .says("How much each device has brought, and which permissions are missing.")
                .has(
                        Attribute.json("counts"),
                        text("error_message"),
                        Attribute.json("missing_permissions_detail"),
                        integer("records"),
                        none("created_at", Type.TIME),
                        none("updated_at", Type.TIME))
                .leadsTo(one("security_device", DEVICES, "id"), one("organization", "organizations", ORGANIZATION))
                .build();
    }

    private List<Row> countRows(Scope scope) {
        return devices.judged(scope).stream()
                .map(judged -> countRow(judged.device(), judged.health()))
                .toList();
    }

    private static Row countRow(SecurityDevice device, DeviceHealth health) {
        var counts = JsonNodeFactory.instance.objectNode();
        var missing = JsonNodeFactory.instance.objectNode();
        for (var feed : health.feeds()) {
            counts.putObject(feed.feed().key())
                    .put("records", feed.state().records())
                    .put("versions", feed.state().versions())
                    .put("unreadable", feed.state().unreadable())
                    .put("left_out", feed.state().leftOut());
            feed.diagnosis()
                    .filter(found -> found.trouble().key().contains("permission"))
                    .ifPresent(found -> missing.put(feed.feed().key(), found.cause()));
        }
        return new Row()
                .with("id", device.id().toString())
                .with(ORGANIZATION, device.organization().id().toString())
                .with("counts", counts)
                .with(
                        "records",
                        health.feeds().stream()
                                .mapToLong(DeviceResources::records)
                                .sum())
                .with("error_message", health.worst().map(worst -> worst.cause()))
                .with("missing_permissions_detail", missing);
    }

    private static long records(FeedHealth feed) {
        return feed.state().records();
    }

    /** Known clients write what a device signs in with to an address of its own, {@code secrets/security_device-<id>}. */
    private Resource secrets() {
        return Resource.of("secrets", this::secretRows)
                .says(
                        "What a device signs in with, to be changed and never given back: secret is an object with device_info,"
                                + " whose directory_id, application_id and client_secret are taken.")
                .has(Attribute.json("secret").writeOnly(), none("created_at", Type.TIME), none("updated_at", Type.TIME))
                .knownBy(Key.text("id"))
                .leadsTo(
                        one("security_device", DEVICES, "device_id"),
                        one("organization", "organizations", ORGANIZATION))
                .changed(Right.MANAGE_DEVICES, this::changeSecret)
                .build();
    }

    private List<Row> secretRows(Scope scope) {
        return devices.all(scope).stream()
                .map(device -> new Row()
                        .with("id", "security_device-" + device.id())
                        .with("device_id", device.id().toString())
                        .with(ORGANIZATION, device.organization().id().toString()))
                .toList();
    }

    private Written changeSecret(Change change) {
        var id = UUID.fromString(change.row().text("device_id"));
        var given = change.attributes().getOrDefault("secret", JsonNodeFactory.instance.objectNode());
        var info = given.path("device_info");
        if (!info.isObject()) {
            throw Refusal.at(
                    Body.pointer("secret/device_info"), "secret must have a member 'device_info' with an object.");
        }
        for (var property : info.properties()) {
            var isKnown = DeviceField.ALL.stream().anyMatch(field -> field.key().equals(property.getKey()));
            if (!isKnown || !property.getValue().isString()) {
                throw Refusal.at(
                        Body.pointer("secret/device_info/" + property.getKey()),
                        "A device signs in with the texts directory_id, application_id, client_secret and client_certificate.");
            }
        }
        var present = DeviceDraft.of(devices.require(change.scope(), id));
        var draft = present.changedBy(field ->
                Optional.of(info.path(field.key())).filter(JsonNode::isString).map(JsonNode::asString));
        try {
            editing.update(change.scope(), id, draft, Actor.of(change.caller()));
        } catch (InvalidDevice invalid) {
            throw SecurityDeviceApi.refusal(invalid);
        }
        return Written.of(change.row().text("id"));
    }

    private static Resource plugins() {
        return Resource.of(PLUGINS, scope -> pluginRows())
                .says("What a security device can be.")
                .knownBy(Key.text("plugin_slug"))
                .has(
                        text("plugin_slug"),
                        text("display_name"),
                        always("company_name", Type.TEXT, "Microsoft"),
                        always("vendor_name", Type.TEXT, "Microsoft"),
                        always("vendor_type", Type.TEXT, "CLOUD"),
                        text("description").from("display_name"),
                        Attribute.json("device_spec_json"),
                        none("depends_on", Type.TEXT),
                        none("tasks", Type.TEXTS),
                        always("hide_console_login", Type.BOOLEAN, false),
                        none("assembler_dependency", Type.TEXT),
                        always("assembler_for_console_only", Type.BOOLEAN, false),
                        none("onboarding_doc_url", Type.TEXT),
                        none("logo_image_url", Type.TEXT),
                        none("service_offerings", Type.TEXTS),
                        always("active", Type.BOOLEAN, true),
                        always("internal_only", Type.BOOLEAN, false),
                        none("version", Type.TEXT))
                .leadsTo(many("security_devices", DEVICES, "plugin_slug"))
                .sortedBy("display_name")
                .build();
    }

    private static List<Row> pluginRows() {
        return Arrays.stream(DeviceKind.values())
                .map(kind -> new Row()
                        .with("plugin_slug", kind.key())
                        .with("display_name", kind.title())
                        .with("device_spec_json", form()))
                .toList();
    }

    /** The fields of the form that makes a device. */
    private static tools.jackson.databind.node.ObjectNode form() {
        var form = JsonNodeFactory.instance.objectNode();
        DeviceField.ALL.forEach(
                field -> form.putObject(field.key()).put("label", field.label()).put("secret", field.isWriteOnly()));
        return form;
    }
}
