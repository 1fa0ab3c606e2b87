package dev.gatehouse.workbench.web.api.devices;

import dev.gatehouse.intake.probe.Check;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.workbench.devices.ConnectionTests;
import dev.gatehouse.workbench.devices.ConsoleAccesses;
import dev.gatehouse.workbench.devices.DeviceDraft;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.DeviceHealth;
import dev.gatehouse.workbench.devices.DeviceImport;
import dev.gatehouse.workbench.devices.DeviceImport.Order;
import dev.gatehouse.workbench.devices.DeviceImport.Result;
import dev.gatehouse.workbench.devices.InvalidDevice;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.web.api.dialect.Actor;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.dialect.Refusal.Complaint;
import dev.gatehouse.workbench.web.api.dialect.Terms;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code security_devices}: connections to Microsoft Defender for Identity tenants. */
@RestController
@RequestMapping(DeviceResource.PATH)
class SecurityDeviceApi {

    /** The texts that a device can be filtered and sorted by. */
    private static final Map<String, Function<Listed, String>> TEXTS = texts();

    private final SecurityDevices devices;
    private final DeviceEditing editing;
    private final DeviceImport imports;
    private final ConnectionTests tests;
    private final ConsoleAccesses consoleAccesses;
    private final InstantSource clock;

    SecurityDeviceApi(
            SecurityDevices devices,
            DeviceEditing editing,
            DeviceImport imports,
            ConnectionTests tests,
            ConsoleAccesses consoleAccesses,
            InstantSource clock) {
        this.devices = devices;
        this.editing = editing;
        this.imports = imports;
        this.tests = tests;
        this.consoleAccesses = consoleAccesses;
        this.clock = clock;
    }

    private static Map<String, Function<Listed, String>> texts() {
        var texts = new HashMap<String, Function<Listed, String>>();
        texts.put("id", listed -> listed.device().id().toString());
        texts.put("status", listed -> listed.health().status().key());
        texts.put("created_at", listed -> Documents.time(listed.device().createdAt()));
        texts.put("updated_at", listed -> Documents.time(listed.device().updatedAt()));
        DeviceField.ALL.stream()
                .filter(field -> !field.isWriteOnly())
                .forEach(field ->
                        texts.put(field.key(), listed -> listed.device().text(field)));
        return Map.copyOf(texts);
    }

    @GetMapping
    ResponseEntity<JsonNode> list(Scope scope, HttpServletRequest request) {
        var query = Query.of(request);
        query.allowFilters(TEXTS.keySet());
        var page = query.page();
        var listed = devices.judged(scope).stream()
                .map(each -> new Listed(each.device(), each.health()))
                .filter(matching(query))
                .sorted(order(query.sort()))
                .toList();
        return Documents.ok(Documents.of(listed, page, query, device -> resource(device.device(), device.health())));
    }

    @GetMapping("/{id}")
    ResponseEntity<JsonNode> get(Scope scope, @PathVariable String id) {
        return Documents.ok(Documents.of(resource(scope, device(scope, id))));
    }

    @PostMapping
    ResponseEntity<JsonNode> create(Scope scope, HttpServletRequest request, Authentication who) {
        var body = Body.read(request, DeviceResource.TYPE);
        var order = new Order(
                Actor.scope(who),
                List.of(draft(body, DeviceDraft.empty())),
                body.bool("create_organizations").orElse(false));
        var checked = imports.check(order).getFirst();
        if (Query.of(request).flag("dry_run")) {
            return switch (checked) {
                case Result.Exists(var problems) -> throw refusal(problems, true);
                case Result.Refused(var problems) -> throw refusal(problems, false);
                case Result.Ready _, Result.Added _ ->
                    Documents.ok(withWarnings(Documents.document(), checked.problems()));
            };
        }
        try {
            var device = editing.add(order, Actor.of(who));
            return ResponseEntity.created(URI.create(DeviceResource.PATH + "/" + device.id()))
                    .contentType(Documents.MEDIA_TYPE)
                    .body(withWarnings(Documents.of(resource(scope, device)), checked.problems()));
        } catch (InvalidDevice invalid) {
            throw refusal(invalid);
        }
    }

    @PatchMapping("/{id}")
    ResponseEntity<JsonNode> change(
            Scope scope, @PathVariable String id, HttpServletRequest request, Authentication who) {
        var body = Body.read(request, DeviceResource.TYPE);
        var device = device(scope, id);
        var enabled = body.bool("enabled");
        var present = DeviceDraft.of(device);
        var draft = draft(body, present);
        if (!draft.equals(present)) {
            try {
                editing.update(Actor.scope(who), device.id(), draft, Actor.of(who));
            } catch (InvalidDevice invalid) {
                throw refusal(invalid);
            }
        }
        if (enabled.isPresent() && enabled.get() != device.enabled()) {
            editing.setEnabled(device.id(), enabled.get(), Actor.of(who));
        }
        return get(scope, id);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> remove(Scope scope, @PathVariable String id, Authentication who) {
        editing.remove(device(scope, id).id(), Actor.of(who));
        return ResponseEntity.noContent().build();
    }

    /** Tries what a client sent, without saving it. */
    @PostMapping("/test")
    ResponseEntity<JsonNode> testUnsaved(HttpServletRequest request, Authentication who) {
        var draft = draft(Body.read(request, DeviceResource.TYPE), DeviceDraft.empty());
        try {
            return Documents.ok(Documents.of(test("unsaved", tests.test(Actor.scope(who), draft))));
        } catch (InvalidDevice invalid) {
            throw refusal(invalid);
        }
    }

    @PostMapping("/{id}/test")
    ResponseEntity<JsonNode> test(Scope scope, @PathVariable String id) {
        var device = device(scope, id);
        return Documents.ok(Documents.of(test(device.id().toString(), tests.test(device.id()))));
    }

    @PostMapping("/{id}/poll")
    ResponseEntity<JsonNode> poll(Scope scope, @PathVariable String id) {
        var device = device(scope, id);
        editing.pollNow(device.id());
        return ResponseEntity.accepted().contentType(Documents.MEDIA_TYPE).body(Documents.of(resource(scope, device)));
    }

    private SecurityDevice device(Scope scope, String id) {
        return device(scope, id, devices);
    }

    /**
     * The device that a path names.
     *
     * @throws Refusal when there is none
     */
    static SecurityDevice device(Scope scope, String id, SecurityDevices devices) {
        try {
            return devices.find(scope, UUID.fromString(id)).orElseThrow(() -> noSuchDevice(id));
        } catch (IllegalArgumentException notAnId) {
            throw noSuchDevice(id);
        }
    }

    private static Refusal noSuchDevice(String id) {
        return Refusal.notFound("There is no security device with the id %s. It may have been removed.".formatted(id));
    }

    private ObjectNode resource(Scope scope, SecurityDevice device) {
        return resource(device, devices.health(scope, device.id()));
    }

    private ObjectNode resource(SecurityDevice device, DeviceHealth health) {
        return DeviceResource.of(device, health, consoleAccesses.of(device.directory()), clock.instant());
    }

    /** What was sent, on top of what there is. */
    static DeviceDraft draft(Body body, DeviceDraft present) {
        return present.changedBy(field -> body.text(field.key()));
    }

    private static Refusal refusal(InvalidDevice invalid) {
        return refusal(invalid.problems(), invalid.isConnectedAlready());
    }

    /** 409 when nothing is wrong but that the tenant is connected already, so that an import can tell that apart. */
    private static Refusal refusal(List<FieldProblem> problems, boolean isConnectedAlready) {
        return new Refusal(
                isConnectedAlready ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT,
                problems.stream()
                        .filter(FieldProblem::isError)
                        .map(problem -> Complaint.at(Body.pointer(problem.field()), problem.message()))
                        .toList());
    }

    private static ObjectNode withWarnings(ObjectNode document, List<FieldProblem> problems) {
        var warnings = document.putObject("meta").putArray("warnings");
        for (var problem : problems) {
            warnings.addObject()
                    .put("detail", problem.message())
                    .putObject("source")
                    .put("pointer", Body.pointer(problem.field()));
        }
        return document;
    }

    private static ObjectNode test(String id, List<Check> checks) {
        var resource = Documents.resource("connection_tests", id);
        var attributes = Documents.attributes(resource);
        attributes.put(
                "passed",
                checks.stream()
                        .allMatch(check ->
                                check.result() == Check.Result.PASSED || check.result() == Check.Result.UNKNOWN));
        var array = attributes.putArray("checks");
        for (var check : checks) {
            var diagnosis = check.diagnosis();
            array.addObject()
                    .put("title", check.title())
                    .put("result", check.result().name().toLowerCase(Locale.ROOT))
                    .put(
                            "trouble",
                            diagnosis.map(found -> found.trouble().key()).orElse(null))
                    .put("cause", diagnosis.map(Diagnosis::cause).orElse(null))
                    .put("cure", diagnosis.map(Diagnosis::cure).orElse(null))
                    .put("code", diagnosis.flatMap(Diagnosis::code).orElse(null))
                    .put(
                            "http_status",
                            diagnosis.map(DeviceResource::httpStatus).orElse(null))
                    .put("request_id", diagnosis.flatMap(Diagnosis::requestId).orElse(null));
        }
        return resource;
    }

    private static Predicate<Listed> matching(Query query) {
        Predicate<Listed> all = listed -> true;
        for (var text : TEXTS.entrySet()) {
            var terms = new Terms(query.filter(text.getKey()));
            all = all.and(listed -> terms.test(text.getValue().apply(listed)));
        }
        return all;
    }

    /** By the first column that there is; by name when there is none. */
    private static Comparator<Listed> order(List<String> sort) {
        for (var column : sort) {
            var text = TEXTS.get(column.replaceFirst("^-", ""));
            if (text != null) {
                var order = Comparator.comparing(text, String.CASE_INSENSITIVE_ORDER);
                return column.startsWith("-") ? order.reversed() : order;
            }
        }
        return order(List.of("name"));
    }

    private record Listed(SecurityDevice device, DeviceHealth health) {}
}
