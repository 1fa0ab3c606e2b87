package dev.gatehouse.workbench.web.api.devices;

import dev.gatehouse.intake.probe.Check;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.workbench.devices.ConnectionTests;
import dev.gatehouse.workbench.devices.DeviceDraft;
import dev.gatehouse.workbench.devices.DeviceEditing;
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
import dev.gatehouse.workbench.web.api.dialect.Operation;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.dialect.Refusal.Complaint;
import dev.gatehouse.workbench.web.api.resources.Answers;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code security_devices}: connections to Microsoft Defender for Identity tenants. */
@RestController
@RequestMapping(SecurityDeviceApi.PATH)
class SecurityDeviceApi {

    static final String PATH = "/api/v2/" + DeviceResources.DEVICES;

    private final SecurityDevices devices;
    private final DeviceEditing editing;
    private final DeviceImport imports;
    private final ConnectionTests tests;
    private final Answers answers;

    SecurityDeviceApi(
            SecurityDevices devices,
            DeviceEditing editing,
            DeviceImport imports,
            ConnectionTests tests,
            Answers answers) {
        this.devices = devices;
        this.editing = editing;
        this.imports = imports;
        this.tests = tests;
        this.answers = answers;
    }

    @PostMapping
    @Operation(value = "Connects a tenant", consumes = "application/vnd.api+json")
    ResponseEntity<JsonNode> create(Scope scope, HttpServletRequest request, Authentication who) {
        var body = Body.read(request, DeviceResources.DEVICES);
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
            return ResponseEntity.created(URI.create(PATH + "/" + device.id()))
                    .contentType(Documents.MEDIA_TYPE)
                    .body(withWarnings(
                            answers.document(
                                    scope, DeviceResources.DEVICES, device.id().toString(), Map.of()),
                            checked.problems()));
        } catch (InvalidDevice invalid) {
            throw refusal(invalid);
        }
    }

    /** Tries what a client sent, without saving it. */
    @PostMapping("/test")
    @Operation(value = "Tries a connection that is not saved", consumes = "application/vnd.api+json")
    ResponseEntity<JsonNode> testUnsaved(HttpServletRequest request, Authentication who) {
        var draft = draft(Body.read(request, DeviceResources.DEVICES), DeviceDraft.empty());
        try {
            return Documents.ok(Documents.of(test("unsaved", tests.test(Actor.scope(who), draft))));
        } catch (InvalidDevice invalid) {
            throw refusal(invalid);
        }
    }

    @PostMapping("/{id}/test")
    @Operation("Tries the connection of a device")
    ResponseEntity<JsonNode> test(Scope scope, @PathVariable String id) {
        var device = device(scope, id);
        return Documents.ok(Documents.of(test(device.id().toString(), tests.test(device.id()))));
    }

    @PostMapping("/{id}/poll")
    @Operation("Asks for a poll of all feeds now")
    ResponseEntity<JsonNode> poll(Scope scope, @PathVariable String id) {
        var device = device(scope, id);
        editing.pollNow(device.id());
        return answers.accepted(scope, DeviceResources.DEVICES, id);
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

    /** What was sent, on top of what there is. */
    static DeviceDraft draft(Body body, DeviceDraft present) {
        return present.changedBy(field -> body.text(field.key()));
    }

    static Refusal refusal(InvalidDevice invalid) {
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
                            diagnosis.map(DeviceAttributes::httpStatus).orElse(null))
                    .put("request_id", diagnosis.flatMap(Diagnosis::requestId).orElse(null));
        }
        return resource;
    }
}
