package dev.gatehouse.workbench.web.api.collection;

import dev.gatehouse.workbench.replay.Replay;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Relations;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A replay as a resource. */
final class ReplayResource {

    static final String TYPE = "replays";
    static final String PATH = "/api/v2/" + TYPE;

    private ReplayResource() {}

    /**
     * One replay.
     *
     * @param deviceName of its device; empty when it was removed
     * @param estimatedEnd when it will probably be done
     */
    static ObjectNode of(Replay replay, Optional<String> deviceName, Optional<Instant> estimatedEnd) {
        var resource = Documents.resource(TYPE, replay.id().toString());
        var count = replay.count();
        var problem = replay.problem();
        Documents.attributes(resource)
                .put("device_id", replay.device().toString())
                .put("device_name", deviceName.orElse(null))
                .put("feed", replay.feed().key())
                .put("purpose", replay.purpose().key())
                .put("state", replay.state().key())
                .put("from", Documents.time(replay.range().from()))
                .put("to", Documents.time(replay.range().to()))
                .put("percent", replay.percent())
                .put("complete_from", Documents.time(replay.position()))
                .put("requested_by", replay.requestedBy())
                .put("requested_at", Documents.time(replay.requestedAt()))
                .put("started_at", Documents.time(replay.startedAt()))
                .put("finished_at", Documents.time(replay.finishedAt()))
                .put("estimated_end_at", Documents.time(estimatedEnd))
                .put("next_try_at", Documents.time(replay.nextAt()))
                .put("pages", count.pages())
                .put("new_records", count.newRecords())
                .put("new_versions", count.newVersions())
                .put("same", count.same())
                .put("unreadable", count.unreadable())
                .put("left_out", count.leftOut())
                .put("quarantined_windows", replay.owed())
                .put("failures", replay.failures())
                .put("trouble", problem.map(found -> found.trouble().key()).orElse(null))
                .put("cause", problem.map(Replay.Problem::cause).orElse(null))
                .put("cure", problem.map(Replay.Problem::cure).orElse(null))
                .put("request_id", problem.flatMap(Replay.Problem::requestId).orElse(null));
        resource.putObject("links").put("self", PATH + "/" + replay.id());
        Relations.toDevice(resource, replay.device());
        return resource;
    }
}
