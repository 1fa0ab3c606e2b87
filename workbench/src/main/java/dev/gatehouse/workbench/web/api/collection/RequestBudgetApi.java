package dev.gatehouse.workbench.web.api.collection;

import dev.gatehouse.workbench.budget.BudgetReport;
import dev.gatehouse.workbench.budget.DeviceUsage;
import dev.gatehouse.workbench.budget.Spender;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Filters;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Relations;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code request_budgets}: how often Microsoft is asked for each tenant, and for what. */
@RestController
@RequestMapping(RequestBudgetApi.PATH)
class RequestBudgetApi {

    static final String TYPE = "request_budgets";
    static final String PATH = "/api/v2/" + TYPE;

    private final BudgetReport report;

    RequestBudgetApi(BudgetReport report) {
        this.report = report;
    }

    @GetMapping
    @Operation("Lists how often Microsoft is asked for each tenant")
    ResponseEntity<JsonNode> list(Scope scope, HttpServletRequest request) {
        var query = Query.of(request);
        query.allowFilters(Set.of(Filters.DEVICE));
        var page = query.page();
        var found = new Filters(query)
                .device()
                .map(device -> report.of(scope, device))
                .orElseGet(() -> report.all(scope));
        return Documents.ok(Documents.of(found, page, query, RequestBudgetApi::resource));
    }

    private static ObjectNode resource(DeviceUsage usage) {
        var device = usage.device();
        var now = usage.now();
        var resource = Documents.resource(TYPE, device.id() + "-" + now.lane().key());
        var attributes = Documents.attributes(resource)
                .put("device_id", device.id().toString())
                .put("device_name", device.name())
                .put("lane", now.lane().key())
                .put("microsoft_per_minute", now.lane().allowedPerMinute())
                .put("planned_per_minute", now.planned())
                .put("kept_for_people", now.forPeople())
                .put("last_minute", now.total())
                .put("last_hour", usage.lastHour())
                .put("closed_until", Documents.time(now.closedUntil()));
        var pauses = attributes.putArray("pauses");
        now.pauses().forEach(pause -> pauses.addObject()
                .put("kind", pause.kind().key())
                .put("until", Documents.time(Optional.of(pause.until())))
                .put("refusals", pause.refusals())
                .put("cause", pause.refusal().cause())
                .put("request_id", pause.refusal().requestId().orElse(null)));
        var spenders = attributes.putObject("last_minute_by_spender");
        for (var spender : Spender.values()) {
            spenders.put(spender.key(), now.of(spender));
        }
        Relations.toDevice(resource, device.id());
        return resource;
    }
}
