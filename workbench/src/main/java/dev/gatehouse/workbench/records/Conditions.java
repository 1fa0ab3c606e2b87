package dev.gatehouse.workbench.records;

import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A filter as SQL, but for its text: only what is set becomes a condition, so that PostgreSQL can use its indexes. */
record Conditions(List<String> all, Map<String, Object> parameters) {

    private static final String OF_DEVICE = """
            a.tenant_id = (select directory_id from security_device where id = :device)
            and (select kind from security_device where id = :device) = any (a.kinds)""";

    static Conditions of(Scope scope, VendorAlertFilter filter) {
        var conditions = new Conditions(new ArrayList<>(), new LinkedHashMap<>());
        if (!(scope instanceof Scope.Everything)) {
            conditions.add(scope.organization("a.organization_id"), "scope", scope.parameter());
        }
        filter.device().ifPresent(device -> conditions.add(OF_DEVICE, "device", device));
        if (!filter.severities().isEmpty()) {
            conditions.add(
                    "a.severity_rank in (:ranks)",
                    "ranks",
                    filter.severities().stream().map(Rank::of).toList());
        }
        if (!filter.statuses().isEmpty()) {
            // As Microsoft wrote it, which is inProgress in one place and IN_PROGRESS in another.
            conditions.add("upper(replace(a.status, '_', '')) in (:statuses)", "statuses", filter.statusKeys());
        }
        filter.since().ifPresent(since -> conditions.add("a.created_at >= :since", "since", Columns.timestamp(since)));
        filter.directory().ifPresent(tenant -> conditions.add("a.tenant_id = :directory", "directory", tenant.value()));
        filter.came()
                .from()
                .ifPresent(from -> conditions.add("a.first_seen_at >= :cameFrom", "cameFrom", Columns.timestamp(from)));
        filter.came()
                .to()
                .ifPresent(to -> conditions.add("a.first_seen_at < :cameTo", "cameTo", Columns.timestamp(to)));
        return conditions;
    }

    private void add(String condition, String name, Object value) {
        all.add(condition);
        parameters.put(name, value);
    }

    String where() {
        return all.isEmpty() ? "" : " where " + String.join(" and ", all);
    }
}
