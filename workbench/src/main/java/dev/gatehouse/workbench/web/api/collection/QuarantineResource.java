package dev.gatehouse.workbench.web.api.collection;

import dev.gatehouse.workbench.collect.QuarantinedWindow;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Relations;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A quarantined window as a resource. */
final class QuarantineResource {

    static final String TYPE = "quarantined_windows";
    static final String PATH = "/api/v2/" + TYPE;

    private QuarantineResource() {}

    /**
     * One window.
     *
     * @param deviceName of its device; empty when it was removed
     */
    static ObjectNode of(QuarantinedWindow window, Optional<String> deviceName) {
        var resource = Documents.resource(TYPE, window.id().toString());
        var why = window.why();
        Documents.attributes(resource)
                .put("device_id", window.device().toString())
                .put("device_name", deviceName.orElse(null))
                .put("feed", window.feed().key())
                .put("state", window.isOwed() ? "owed" : "read")
                .put("from", Documents.time(window.window().from()))
                .put("to", Documents.time(window.window().to()))
                .put("attempts", window.attempts())
                .put("quarantined_at", Documents.time(window.firstAt()))
                .put("last_tried_at", Documents.time(window.lastAt()))
                .put("next_try_at", Documents.time(window.nextAt()))
                .put("resolved_at", Documents.time(window.resolvedAt()))
                .put("trouble", why.trouble().key())
                .put("cause", why.cause())
                .put("cure", why.cure())
                .put("code", why.code().orElse(null))
                .put(
                        "http_status",
                        why.httpStatus().isPresent() ? why.httpStatus().getAsInt() : null)
                .put("request_id", why.requestId().orElse(null));
        resource.putObject("links").put("self", PATH + "/" + window.id());
        Relations.toDevice(resource, window.device());
        return resource;
    }
}
