package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses that are measured, in plain words. Those of single things are taken from the lists as they are, and late pages
 * are reached by turning.
 */
final class Pages {

    private static final int LATE = 30;

    private static final Map<String, String> LISTS = ordered(
            "home", "/",
            "alerts", "/alerts",
            "alerts, all", "/alerts?status=all",
            "alerts, closed", "/alerts?status=closed",
            "alerts, oldest first", "/alerts?status=all&sort=oldest",
            "alerts, last changed first", "/alerts?status=all&sort=recently_changed",
            "alerts, search for an account", "/alerts?status=all&text=svc-backup",
            "alerts, search for a rare host", "/alerts?status=all&text=ws0123.",
            "alerts, search for nothing there", "/alerts?status=all&text=zzzznothing",
            "alerts, broad search", "/alerts?status=all&text=suspicious",
            "alerts of a technique", "/alerts?status=all&technique=T1003",
            "activity", "/activity",
            "activity, all", "/activity?status=all",
            "activity, broad search", "/activity?status=all&text=suspicious",
            "activity, search for nothing there", "/activity?status=all&text=zzzznothing",
            "dashboard Alert Analysis, 7 days", "/dashboards/alert-analysis",
            "dashboard Alert Analysis, 90 days", "/dashboards/alert-analysis?days=90",
            "dashboard Time Metrics", "/dashboards/time-metrics",
            "dashboard ATT&CK", "/dashboards/mitre-attack",
            "search everywhere", "/search?q=svc-backup",
            "search everywhere, nothing there", "/search?q=zzzznothing",
            "vendor alerts", "/vendor-alerts",
            "vendor alerts, high", "/vendor-alerts?severity=high",
            "vendor alerts, search for an account", "/vendor-alerts?text=svc-backup",
            "vendor alerts, search for a rare host", "/vendor-alerts?text=ws0123.",
            "vendor alerts, search for nothing there", "/vendor-alerts?text=zzzznothing",
            "vendor alerts, broad search", "/vendor-alerts?text=suspicious",
            "vendor alerts, page 400", "/vendor-alerts?page=400",
            "vendor incidents", "/vendor-incidents",
            "vendor incidents, broad search", "/vendor-incidents?text=suspicious",
            "vendor incidents, page 400", "/vendor-incidents?page=400",
            "detection rules", "/detections/rules",
            "security devices", "/settings/security-devices",
            "security devices, search", "/settings/security-devices?text=north",
            "setup guide", "/settings/setup-guide",
            "hunting", "/hunting",
            "ledger", "/settings/collection/ledger",
            "ledger, page 400", "/settings/collection/ledger?page=400",
            "reconciliation", "/settings/collection/reconciliation",
            "quarantine", "/settings/collection/quarantine",
            "unreadable", "/settings/collection/unreadable");

    private static final Map<String, String> OF_ALL = ordered(
            "processes", "/settings/collection/processes",
            "request budget", "/settings/collection/budget",
            "organizations", "/settings/organizations",
            "organizations, search", "/settings/organizations?text=steel",
            "users", "/settings/users",
            "service accounts", "/settings/service-accounts");

    private static final Map<String, String> API = ordered(
            "security_devices", "/api/v2/security_devices",
            "vendor_alerts", "/api/v2/vendor_alerts",
            "vendor_alerts, offset 20000", "/api/v2/vendor_alerts?page[offset]=20000",
            "vendor_alerts, search", "/api/v2/vendor_alerts?flag[search]=svc-backup",
            "detections", "/api/v2/detections",
            "poll_windows", "/api/v2/poll_windows",
            "organizations", "/api/v2/organizations",
            "user_accounts", "/api/v2/user_accounts",
            "api_keys", "/api/v2/api_keys",
            "reconciliations", "/api/v2/reconciliations",
            "replays", "/api/v2/replays",
            "processes", "/api/v2/processes",
            "request_budgets", "/api/v2/request_budgets");

    /** Single things: the list that has a link to one, and what its address looks like. */
    private static final Map<String, Thing> THINGS = Map.of(
            "an alert", new Thing("/alerts", "/alerts/[0-9a-f-]{36}"),
            "an investigation", new Thing("/activity", "/activity/[0-9a-f-]{36}"),
            "a vendor alert", new Thing("/vendor-alerts", "/vendor-alerts/[0-9a-f-]{36}/[^\"?/]+"),
            "a vendor incident", new Thing("/vendor-incidents", "/vendor-incidents/[0-9a-f-]{36}/[^\"?/]+"),
            "a security device", new Thing("/settings/security-devices", "/settings/security-devices/[0-9a-f-]{36}"));

    private record Thing(String list, String address) {}

    private static final Pattern OLDER =
            Pattern.compile("<a[^>]*rel=\"next\"[^>]*href=\"([^\"]+)\"|<a[^>]*href=\"([^\"]+)\"[^>]*rel=\"next\"");

    private Pages() {}

    private static Map<String, String> ordered(String... pairs) {
        var map = new LinkedHashMap<String, String>();
        for (var at = 0; at < pairs.length; at += 2) {
            map.put(pairs[at], pairs[at + 1]);
        }
        return map;
    }

    /** A type of resource in the description of the interface for programs. */
    private static final Pattern TYPE =
            Pattern.compile("\"/api/v2/([a-z_]+)\"\\s*:\\s*\\{\\s*\"(?:parameters|get|summary)\"");

    /** What scripts ask for with a relation or a filter, in pages of 200. */
    private static final Map<String, String> SCRIPTS = ordered(
            "200 of expel_alerts with what belongs to them",
                    "/api/v2/expel_alerts?page[limit]=200&include=organization,vendor,assigned_to_actor,investigation,vendor_alerts",
            "200 of investigations with what belongs to them",
                    "/api/v2/investigations?page[limit]=200&include=organization,assigned_to_actor,expel_alerts",
            "200 of vendor_alerts with their evidence",
                    "/api/v2/vendor_alerts?page[limit]=200&include=evidences,security_device",
            "200 of security_devices with their vendor",
                    "/api/v2/security_devices?page[limit]=200&include=organization,vendor",
            "200 open expel_alerts", "/api/v2/expel_alerts?page[limit]=200&filter[status]=OPEN",
            "200 incidents", "/api/v2/investigations?page[limit]=200&filter[is_incident]=true",
            "200 expel_alerts of a window",
                    "/api/v2/expel_alerts?page[limit]=200&filter[created_at]=>2020-01-01T00:00:00Z&sort=+created_at&sort=+id",
            "how many expel_alerts", "/api/v2/expel_alerts?page[limit]=0",
            "how many vendor_alerts", "/api/v2/vendor_alerts?page[limit]=0",
            "how many investigations", "/api/v2/investigations?page[limit]=0");

    /** For programs: what they usually ask for, and a page of 200 of each type that there is. */
    static Map<String, String> ofPrograms(Visitor program) throws IOException, InterruptedException {
        var all = new LinkedHashMap<>(API);
        SCRIPTS.forEach((what, address) -> all.put(what, encoded(address)));
        var types = TYPE.matcher(program.ask("/api/v2/openapi.json").text());
        while (types.find()) {
            all.putIfAbsent("200 of " + types.group(1), encoded("/api/v2/" + types.group(1) + "?page[limit]=200"));
        }
        return all;
    }

    /** As known clients write it. */
    private static String encoded(String address) {
        return address.replace("[", "%5B")
                .replace("]", "%5D")
                .replace(">", "%3E")
                .replace("+", "%2B");
    }

    /**
     * For somebody who looks at an organization, or at all.
     *
     * @param prefix of the organization's addresses; empty for all
     * @param seesInstallation whether they may see what is of all organizations together
     */
    static Map<String, String> of(Visitor visitor, String prefix, boolean seesInstallation)
            throws IOException, InterruptedException {
        var all = new LinkedHashMap<String, String>();
        LISTS.forEach((what, address) -> all.put(what, prefix + address));
        if (seesInstallation) {
            all.putAll(OF_ALL);
        }
        for (var what : THINGS.keySet().stream().sorted().toList()) {
            var thing = THINGS.get(what);
            if (thing != null) {
                found(visitor.ask(prefix + thing.list()).text(), thing.address())
                        .ifPresent(address -> all.put(what, prefix + address));
            }
        }
        for (var list : new String[] {"/alerts?status=all", "/activity?status=all"}) {
            late(visitor, prefix + list)
                    .ifPresent(address -> all.put(list.substring(1).replace("?status=all", ", a late page"), address));
        }
        return all;
    }

    private static Optional<String> found(String page, String address) {
        var link = Pattern.compile("href=\"(?:/o/[A-Z0-9]+)?(" + address + ")").matcher(page);
        return link.find() ? Optional.of(link.group(1)) : Optional.empty();
    }

    private static Optional<String> late(Visitor visitor, String list) throws IOException, InterruptedException {
        var address = list;
        for (var turn = 0; turn < LATE; turn++) {
            var older = OLDER.matcher(visitor.ask(address).text());
            if (!older.find()) {
                break;
            }
            address = (older.group(1) == null ? older.group(2) : older.group(1)).replace("&amp;", "&");
        }
        return address.equals(list) ? Optional.empty() : Optional.of(address);
    }
}
