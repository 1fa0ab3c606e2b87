package dev.gatehouse.workbench.web.api.devices;

import dev.gatehouse.workbench.devices.DeviceDraft;
import dev.gatehouse.workbench.devices.DeviceImport;
import dev.gatehouse.workbench.devices.DeviceImport.Order;
import dev.gatehouse.workbench.devices.DeviceImport.Result;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.web.api.dialect.Actor;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import dev.gatehouse.workbench.web.api.dialect.Refusal.Complaint;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code security_device_imports}: many devices in one request, with a result for each. What is wrong with one keeps no
 * other from being added.
 */
@RestController
@RequestMapping("/api/v2/" + SecurityDeviceImportApi.TYPE)
class SecurityDeviceImportApi {

    static final String TYPE = "security_device_imports";

    private static final String DEVICES = "devices";
    private static final int MOST_DEVICES = 1000;

    /** A thousand devices with a certificate and its key each. */
    private static final int LARGEST = 8 * 1024 * 1024;

    private final DeviceImport imports;

    SecurityDeviceImportApi(DeviceImport imports) {
        this.imports = imports;
    }

    /** An entry of the list: what it asks for, or why it cannot be read. */
    private sealed interface Entry {

        record Draft(DeviceDraft draft) implements Entry {}

        record Malformed(List<Complaint> complaints) implements Entry {}

        static Entry of(Body body) {
            try {
                return new Draft(SecurityDeviceApi.draft(body, DeviceDraft.empty()));
            } catch (Refusal refusal) {
                return new Malformed(refusal.complaints());
            }
        }
    }

    @PostMapping
    @Operation(value = "Connects up to 1,000 tenants", consumes = "application/vnd.api+json")
    ResponseEntity<JsonNode> run(HttpServletRequest request, Authentication who) {
        var body = Body.read(request, TYPE, LARGEST);
        var isDryRun = body.bool("dry_run").orElse(false);
        var entries =
                body.objects(DEVICES, MOST_DEVICES).stream().map(Entry::of).toList();
        var drafts = new ArrayList<DeviceDraft>();
        for (var entry : entries) {
            if (entry instanceof Entry.Draft(var draft)) {
                drafts.add(draft);
            }
        }
        var order = new Order(
                Actor.scope(who), drafts, body.bool("create_organizations").orElse(false));
        var results = isDryRun ? imports.check(order) : imports.add(order, Actor.of(who));
        return Documents.ok(Documents.of(resource(entries, results, isDryRun)));
    }

    private static ObjectNode resource(List<Entry> entries, List<Result> results, boolean isDryRun) {
        var resource = Documents.resource(TYPE, UUID.randomUUID().toString());
        var attributes = Documents.attributes(resource).put("dry_run", isDryRun);
        var array = attributes.putArray("results");
        var next = results.iterator();
        for (var index = 0; index < entries.size(); index++) {
            var pointer = "%s/%d/".formatted(Body.pointer(DEVICES), index);
            array.add(
                    switch (entries.get(index)) {
                        case Entry.Malformed(var complaints) -> refused(complaints, pointer);
                        case Entry.Draft _ -> of(next.next(), pointer);
                    });
        }
        return resource;
    }

    private static ObjectNode of(Result result, String pointer) {
        return switch (result) {
            case Result.Added(var device, var problems) ->
                node("created", problems, pointer).put("device_id", device.toString());
            case Result.Ready(var problems) -> node("ready", problems, pointer);
            case Result.Exists(var problems) -> node("exists", problems, pointer);
            case Result.Refused(var problems) -> node("failed", problems, pointer);
        };
    }

    private static ObjectNode node(String outcome, List<FieldProblem> problems, String pointer) {
        var node = JsonNodeFactory.instance.objectNode().put("outcome", outcome).putNull("device_id");
        var errors = node.putArray("errors");
        var warnings = node.putArray("warnings");
        for (var problem : problems) {
            (problem.isError() ? errors : warnings).add(complaint(problem.message(), pointer + problem.field()));
        }
        return node;
    }

    private static ObjectNode refused(List<Complaint> complaints, String pointer) {
        var node = node("failed", List.of(), pointer);
        var errors = (ArrayNode) node.get("errors");
        for (var complaint : complaints) {
            // The entry is checked as if it were a document of its own.
            var field = complaint.source().map(Refusal.Source::place).orElse("");
            errors.add(complaint(complaint.detail(), pointer + field.substring(field.lastIndexOf('/') + 1)));
        }
        return node;
    }

    private static ObjectNode complaint(String detail, String pointer) {
        var complaint = JsonNodeFactory.instance.objectNode().put("detail", detail);
        complaint.putObject("source").put("pointer", pointer);
        return complaint;
    }
}
