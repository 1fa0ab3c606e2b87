package dev.gatehouse.workbench.web.api.devices;

import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.people.Caller;
import dev.gatehouse.workbench.people.Right;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.rotation.Rotation;
import dev.gatehouse.workbench.rotation.RotationService;
import dev.gatehouse.workbench.rotation.SignInCode;
import dev.gatehouse.workbench.web.api.dialect.Actor;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code credential_replacement} of a device: has its secret or certificate replaced, and tells how far that is. */
@RestController
@RequestMapping(SecurityDeviceApi.PATH + "/{id}/" + CredentialReplacementApi.NAME)
class CredentialReplacementApi {

    static final String NAME = "credential_replacement";

    private static final String TYPE = "credential_replacements";

    private final RotationService service;
    private final SecurityDevices devices;

    CredentialReplacementApi(RotationService service, SecurityDevices devices) {
        this.service = service;
        this.devices = devices;
    }

    @GetMapping
    @Operation("Gives the last replacement of a secret or certificate")
    ResponseEntity<JsonNode> last(Scope scope, @PathVariable String id, Authentication who) {
        var device = SecurityDeviceApi.device(scope, id, devices);
        var last = service.of(scope, device.id())
                .orElseThrow(() -> Refusal.notFound("What this device signs in with was never replaced by Gatehouse."));
        return Documents.ok(Documents.of(resource(last, who)));
    }

    @PostMapping
    @Operation("Begins to replace a secret or certificate")
    ResponseEntity<JsonNode> begin(Scope scope, @PathVariable String id, Authentication who) {
        var device = SecurityDeviceApi.device(scope, id, devices).id();
        service.begin(device, Actor.of(who)).ifPresent(reason -> {
            throw Refusal.body(HttpStatus.CONFLICT, reason);
        });
        return ResponseEntity.accepted()
                .contentType(Documents.MEDIA_TYPE)
                .body(Documents.of(resource(service.of(scope, device).orElseThrow(), who)));
    }

    private ObjectNode resource(Rotation rotation, Authentication who) {
        var id = rotation.device().toString();
        var resource = Documents.resource(TYPE, id);
        Documents.attributes(resource)
                .put("state", rotation.state().name().toLowerCase(Locale.ROOT))
                .put("actor", rotation.actor())
                .put("began_at", Documents.time(rotation.began()))
                .put("ended_at", Documents.time(rotation.ended()))
                .put("detail", rotation.detail())
                .put("cure", rotation.cure());
        // Whoever types the code in first decides who the administrator is.
        var code = service.code(rotation.device()).filter(shown -> mayManage(who));
        Documents.attributes(resource)
                .put(
                        "sign_in_address",
                        code.map(SignInCode::address).map(URI::toString).orElse(null))
                .put("sign_in_code", code.map(SignInCode::userCode).orElse(null));
        resource.putObject("links").put("self", SecurityDeviceApi.PATH + "/" + id + "/" + NAME);
        return resource;
    }

    private static boolean mayManage(Authentication who) {
        return Caller.of(who).filter(caller -> caller.may(Right.MANAGE_DEVICES)).isPresent();
    }
}
