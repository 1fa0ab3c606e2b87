package dev.gatehouse.workbench.web.api.hunting;

import dev.gatehouse.intake.hunt.HuntingQuery;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.hunt.Hunt;
import dev.gatehouse.workbench.hunt.HuntingService;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Actor;
import dev.gatehouse.workbench.web.api.dialect.Body;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code hunting_queries}: runs a query in a customer's tenant and gives its rows. */
@RestController
@RequestMapping(HuntingQueryApi.PATH)
class HuntingQueryApi {

    static final String TYPE = "hunting_queries";
    static final String PATH = "/api/v2/" + TYPE;

    private static final String USUAL_TIMESPAN = "P1D";
    private static final int USUAL_ROWS = 1_000;

    private final HuntingService service;
    private final SecurityDevices devices;

    HuntingQueryApi(HuntingService service, SecurityDevices devices) {
        this.service = service;
        this.devices = devices;
    }

    @PostMapping
    @Operation(value = "Runs a hunting query and gives its rows", consumes = "application/vnd.api+json")
    ResponseEntity<JsonNode> run(Scope scope, HttpServletRequest request, Authentication who)
            throws InterruptedException {
        var body = Body.read(request, TYPE);
        var device = Body.device(scope, body.required("device_id"), devices);
        var query = query(body);
        return switch (service.run(device, query, Actor.of(who))) {
            case Hunt.Refused(var diagnosis) -> throw refusal(diagnosis);
            case Hunt.Found found -> {
                var resource = Documents.resource(TYPE, UUID.randomUUID().toString());
                var attributes = Documents.attributes(resource)
                        .put("device_id", device.toString())
                        .put("query", query.text())
                        .put("timespan", query.timespan().toString())
                        .put("may_have_more", found.isCut())
                        .put("took_ms", found.took().toMillis())
                        .put("request_id", found.requestId().orElse(null));
                var rows = attributes.putArray("rows");
                found.rows().forEach(row -> rows.add(JsonMapper.shared().readTree(row.bytes())));
                yield Documents.ok(Documents.of(resource));
            }
        };
    }

    private static HuntingQuery query(Body body) {
        var text = body.required("query");
        try {
            return new HuntingQuery(
                    text,
                    Duration.parse(body.text("timespan").orElse(USUAL_TIMESPAN)),
                    body.text("rows").map(Integer::parseInt).orElse(USUAL_ROWS));
        } catch (DateTimeParseException e) {
            throw Refusal.at(Body.pointer("timespan"), "Write a duration such as PT1H or P7D.");
        } catch (NumberFormatException e) {
            throw Refusal.at(
                    Body.pointer("rows"), "Write a whole number from 1 to %d.".formatted(HuntingQuery.MOST_ROWS));
        } catch (IllegalArgumentException e) {
            throw Refusal.at(Body.pointer("query"), String.valueOf(e.getMessage()));
        }
    }

    private static Refusal refusal(Diagnosis diagnosis) {
        var status =
                switch (diagnosis.trouble()) {
                    case Trouble.THROTTLED -> HttpStatus.TOO_MANY_REQUESTS;
                    case Trouble.REQUEST_REFUSED -> HttpStatus.UNPROCESSABLE_CONTENT;
                    default -> HttpStatus.BAD_GATEWAY;
                };
        return Refusal.body(status, diagnosis.cause() + " " + diagnosis.cure());
    }
}
