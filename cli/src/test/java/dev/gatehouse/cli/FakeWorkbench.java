package dev.gatehouse.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.cli.http.WorkbenchClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A Workbench as far as the command line knows it: devices in memory, alerts that were put in, one token. */
final class FakeWorkbench implements AutoCloseable {

    static final String TOKEN = "the-token";
    static final String DATABASE_IS_AWAY = "The database does not answer. See whether the database server is running.";

    private static final String KIND = "plugin_slug";
    private static final String MDI = "microsoft_defender_for_identity";
    private static final int PAGE = 2;
    private static final String ROLE_REFUSED = "The role of this token may not add devices.";

    private final HttpServer server;
    private final Map<String, ObjectNode> devices = new LinkedHashMap<>();
    private final List<ObjectNode> alerts = new ArrayList<>();
    private final List<ObjectNode> replays = new ArrayList<>();
    private final List<ObjectNode> quarantined = new ArrayList<>();
    private volatile String wantedCode = "";
    private final Map<String, Map<String, ObjectNode>> people = new LinkedHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private boolean connectionsWork = true;
    private boolean databaseIsAway;
    private boolean createsOrganizations;
    private int refusesFrom = Integer.MAX_VALUE;

    FakeWorkbench() {
        this(0);
    }

    FakeWorkbench(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on wants this one-time code with whatever is written about people. */
    void wantCode(String code) {
        wantedCode = code;
    }

    /** What was asked for, e.g. {@code GET /api/v2/vendor_alerts?sort=-updated_at}. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** The names of the devices there are. */
    List<String> deviceNames() {
        return devices.values().stream()
                .map(device -> device.path("attributes").path("name").asString(""))
                .toList();
    }

    /** What a device was made with. */
    String deviceAttribute(String name, String attribute) {
        return devices.values().stream()
                .map(device -> device.path("attributes"))
                .filter(attributes -> attributes.path("name").asString("").equals(name))
                .map(attributes -> attributes.path(attribute).asString(""))
                .findFirst()
                .orElseThrow();
    }

    /** The tenants that are connected. */
    List<String> directoryIds() {
        return devices.values().stream()
                .map(device -> device.path("attributes").path("directory_id").asString(""))
                .toList();
    }

    void hasDevice(String name, String directoryId) {
        hasDevice(name, directoryId, MDI);
    }

    void hasDevice(String name, String directoryId, String kind) {
        var attributes = WorkbenchClient.JSON.createObjectNode();
        attributes.put("name", name).put("directory_id", directoryId).put("location", "Dublin");
        attributes.put(KIND, kind);
        keep(attributes);
    }

    /** An organization that was there before anybody said anything. */
    void hasOrganization(String name, String shortName) {
        var organization = WorkbenchClient.JSON
                .createObjectNode()
                .put("type", "organizations")
                .put("id", new UUID(9, 1).toString());
        organization.putObject("attributes").put("name", name).put("short_name", shortName);
        people.computeIfAbsent("organizations", _ -> new LinkedHashMap<>())
                .put(organization.path("id").asString(), organization);
    }

    /** What each device is: its directory and its kind, e.g. {@code … microsoft_defender_xdr}. */
    List<String> directoriesAndKinds() {
        return devices.values().stream()
                .map(device -> device.path("attributes"))
                .map(attributes -> attributes.path("directory_id").asString("") + " "
                        + attributes.path(KIND).asString(""))
                .toList();
    }

    void hasAlert(String id, String title) {
        var alert = WorkbenchClient.JSON
                .createObjectNode()
                .put("type", "vendor_alerts")
                .put("id", id);
        alert.putObject("attributes")
                .put("original_alert_id", id)
                .put("vendor_sig_name", title)
                .put("microsoft_severity", "high")
                .put("microsoft_status", "new")
                .put("device_name", "Contoso")
                .put("incident_id", "4711")
                .put("updated_at", "2026-11-23T12:00:05.123Z");
        alerts.add(alert);
    }

    /** Whether the last import asked for organizations that are not there to be made. */
    boolean createsOrganizations() {
        return createsOrganizations;
    }

    void losesItsDatabase() {
        databaseIsAway = true;
    }

    void connectionsFail() {
        connectionsWork = false;
    }

    /** From the n-th new device on, the token's role no longer allows to add any. */
    void refusesAdditionsFrom(int count) {
        refusesFrom = count;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            var query = uri.getRawQuery() == null ? "" : URLDecoder.decode(uri.getRawQuery(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + uri.getPath() + (query.isEmpty() ? "" : "?" + query));
            if (databaseIsAway) {
                answer(exchange, 503, error("", DATABASE_IS_AWAY));
                return;
            }
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 401, error("", "This token is not known here."));
                return;
            }
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (uri.getPath().matches("/api/v2/(user_accounts|api_keys|organizations)(/.*)?")) {
                people(exchange, uri, query, body);
                return;
            }
            switch (exchange.getRequestMethod() + " " + uri.getPath()) {
                case "GET /api/v2/security_devices" -> page(exchange, uri, query, List.copyOf(devices.values()));
                case "GET /api/v2/vendor_alerts" -> page(exchange, uri, query, alerts);
                case "GET /api/v2/replays" -> page(exchange, uri, query, replays);
                case "POST /api/v2/replays" -> replay(exchange, body);
                case "GET /api/v2/replays/replay-1" -> answer(exchange, 200, document(replays.getFirst()));
                case "POST /api/v2/replays/replay-1/cancel" -> cancelReplay(exchange);
                case "GET /api/v2/reconciliations" -> page(exchange, uri, query, List.of(hour()));
                case "POST /api/v2/reconciliations" -> compare(exchange, body);
                case "GET /api/v2/quarantined_windows" -> page(exchange, uri, query, quarantined);
                case "POST /api/v2/quarantined_windows/window-1/retry" ->
                    answer(exchange, 202, document(quarantined.getFirst()));
                case "GET /api/v2/unreadable_records" -> page(exchange, uri, query, List.of(unreadable("unreadable")));
                case "GET /api/v2/unreadable_records/record-1" ->
                    answer(exchange, 200, document(unreadable("unreadable")));
                case "POST /api/v2/unreadable_records/record-1/retry" ->
                    answer(exchange, 200, document(unreadable("unreadable")));
                case "POST /api/v2/unreadable_records/record-2/retry" ->
                    answer(exchange, 200, document(unreadable("read")));
                case "POST /api/v2/unreadable_records/retry" -> {
                    var document = WorkbenchClient.JSON.createObjectNode();
                    document.putObject("meta").put("records", 2);
                    answer(exchange, 202, document);
                }
                case "POST /api/v2/security_devices" -> create(exchange, body);
                case "POST /api/v2/security_device_imports" -> importAll(exchange, body);
                case "POST /api/v2/detections/check" -> answer(exchange, 200, checked(body));
                case "POST /api/v2/security_devices/test" -> answer(exchange, 200, test());
                default -> one(exchange, body, uri.getPath().substring("/api/v2/security_devices/".length()));
            }
        }
    }

    /** Accounts, tokens and organizations: what was sent is what is there, and secrets are made and told once. */
    private void people(HttpExchange exchange, URI uri, String query, String body) throws IOException {
        var parts = uri.getPath().split("/", -1);
        var type = parts[3];
        var all = people.computeIfAbsent(type, _ -> new LinkedHashMap<>());
        if (parts.length == 4 && exchange.getRequestMethod().equals("GET")) {
            var email = query.contains("filter[email]=") ? query.replaceAll(".*filter\\[email]=([^&]*).*", "$1") : "";
            page(
                    exchange,
                    uri,
                    query,
                    all.values().stream()
                            .filter(one -> email.isEmpty()
                                    || one.at("/attributes/email").asString("").equals(email))
                            .toList());
            return;
        }
        var attributes = (ObjectNode) WorkbenchClient.JSON.readTree(body).at("/data/attributes");
        var code = Optional.ofNullable(attributes.remove("otp")).map(JsonNode::asString);
        if (!wantedCode.isEmpty() && !code.equals(Optional.of(wantedCode))) {
            exchange.getResponseHeaders().set("X-ExpelInc-Otp", "required; app");
            answer(exchange, 401, error("", "Send the code that the authenticator app shows."));
            return;
        }
        if (attributes.path("role").asString("").equals("janitor")) {
            answer(exchange, 422, error("role", "'janitor' is no role that you can give."));
            return;
        }
        var id = parts.length == 4 ? new UUID(9, all.size() + 1L).toString() : parts[4];
        var resource = all.computeIfAbsent(id, _ -> {
            var made = WorkbenchClient.JSON.createObjectNode().put("type", type).put("id", id);
            made.putObject("attributes")
                    .put("state", "works")
                    .put("short_name", "ACME")
                    .put("guid", "a123");
            return made;
        });
        var kept = (ObjectNode) resource.path("attributes");
        attributes.forEachEntry(kept::set);
        if (parts.length == 6 && parts[5].equals("revoke")) {
            kept.put("state", "revoked");
        }
        var told = resource.deepCopy();
        var says = (ObjectNode) told.path("attributes");
        if (type.equals("api_keys") && parts.length == 4) {
            says.put("token", "gatehouse_made");
        }
        if (kept.remove("password") != null) {
            says.remove("password");
        } else if (type.equals("user_accounts") && exchange.getRequestMethod().equals("POST")) {
            says.put("password", "made-password");
        }
        answer(exchange, parts.length == 4 ? 201 : 200, document(told));
    }

    /** What was sent about an account, a token or an organization, besides passwords. */
    ObjectNode person(String type) {
        return Objects.requireNonNull(people.get(type)).values().iterator().next();
    }

    private void page(HttpExchange exchange, URI uri, String query, List<ObjectNode> all) throws IOException {
        var offset = query.contains("page[offset]=") ? Integer.parseInt(query.replaceAll(".*page\\[offset]=", "")) : 0;
        var document = WorkbenchClient.JSON.createObjectNode();
        document.putObject("meta").putObject("page").put("total", all.size());
        ArrayNode data = document.putArray("data");
        if (!query.contains("page[limit]=0")) {
            all.stream().skip(offset).limit(PAGE).forEach(data::add);
        }
        if (offset + PAGE < all.size()) {
            document.putObject("links").put("next", uri.getPath() + "?page%5Boffset%5D=" + (offset + PAGE));
        }
        answer(exchange, 200, document);
    }

    private void replay(HttpExchange exchange, String body) throws IOException {
        var attributes =
                (ObjectNode) WorkbenchClient.JSON.readTree(body).path("data").path("attributes");
        if (attributes.path("feed").asString("").equals("nonsense")) {
            answer(exchange, 422, error("feed", "There is no feed named 'nonsense'."));
            return;
        }
        attributes
                .put("device_name", "Contoso")
                .put("state", "running")
                .put("percent", 40)
                .put("new_records", 12)
                .put("estimated_end_at", "2026-11-23T12:30:05.123Z")
                .put("cause", "Microsoft cannot be reached.");
        var replay =
                WorkbenchClient.JSON.createObjectNode().put("type", "replays").put("id", "replay-1");
        replay.set("attributes", attributes);
        replays.add(replay);
        answer(exchange, 201, document(replay));
    }

    /** Has a window that could not be read, with the id {@code window-1}. */
    void hasQuarantinedWindow() {
        var window = WorkbenchClient.JSON
                .createObjectNode()
                .put("type", "quarantined_windows")
                .put("id", "window-1");
        window.putObject("attributes")
                .put("device_name", "Contoso")
                .put("feed", "alerts")
                .put("state", "owed")
                .put("from", "2026-11-23T09:00:00.250Z")
                .put("to", "2026-11-23T09:00:01.250Z")
                .put("attempts", 5)
                .put("next_try_at", "2026-11-23T10:00:00.000Z")
                .put("cause", "Microsoft Graph answered with error 500.")
                .put("request_id", "b1c2");
        quarantined.add(window);
    }

    private static ObjectNode unreadable(String state) {
        var record = WorkbenchClient.JSON
                .createObjectNode()
                .put("type", "unreadable_records")
                .put("id", "record-1");
        record.putObject("attributes")
                .put("device_name", "Contoso")
                .put("feed", "alerts")
                .put("state", state)
                .put("cause", "It has no id")
                .put("request_id", "b1c2")
                .put("received_at", "2026-11-23T09:00:00.250Z")
                .put("last_tried_at", "2026-11-23T10:00:00.000Z")
                .put("attempts", 2)
                .put("beginning", "{\"title\":\"\u001b[31mred\"}")
                .put("text", "{\"title\":\n\"\u001b[31mred\"}");
        return record;
    }

    private void cancelReplay(HttpExchange exchange) throws IOException {
        ((ObjectNode) replays.getFirst().path("attributes")).put("state", "cancelled");
        answer(exchange, 200, document(replays.getFirst()));
    }

    private static ObjectNode hour() {
        var hour = WorkbenchClient.JSON
                .createObjectNode()
                .put("type", "reconciliations")
                .put("id", "hour-1");
        hour.putObject("attributes")
                .put("from", "2026-11-23T09:00:00.000Z")
                .put("feed", "alerts")
                .put("state", "healed")
                .put("healed", 3)
                .put("sentence", "Contoso, 09:00–10:00: 214 in Graph, 214 here; 3 fetched because of this check");
        return hour;
    }

    /** A rule is fine here unless its text has the word wrong in it. */
    private static ObjectNode checked(String body) {
        var resource = WorkbenchClient.JSON
                .createObjectNode()
                .put("type", "detections")
                .put("id", "check");
        var isFine = !body.contains("wrong");
        var attributes = resource.putObject("attributes").put("accepted", isFine);
        var problems = attributes.putArray("problems");
        if (!isFine) {
            problems.addObject().put("line", 7).put("column", 3).put("message", "Undefined field 'wrong'");
        }
        return document(resource);
    }

    private void compare(HttpExchange exchange, String body) throws IOException {
        var attributes = WorkbenchClient.JSON.readTree(body).at("/data/attributes");
        var document = WorkbenchClient.JSON.createObjectNode();
        document.putObject("meta")
                .put("comparisons", attributes.has("feed") ? 24 : 120)
                .put("from", attributes.path("from").asString(""))
                .put("to", attributes.path("to").asString("2026-11-23T12:00:00Z"));
        answer(exchange, 202, document);
    }

    private static ObjectNode document(ObjectNode resource) {
        var document = WorkbenchClient.JSON.createObjectNode();
        document.set("data", resource);
        return document;
    }

    private void create(HttpExchange exchange, String body) throws IOException {
        var attributes =
                (ObjectNode) WorkbenchClient.JSON.readTree(body).path("data").path("attributes");
        if (devices.size() + 1 >= refusesFrom) {
            answer(exchange, 403, error("", ROLE_REFUSED));
            return;
        }
        var result = outcome(attributes, false);
        var status = Map.of("created", 201, "exists", 409)
                .getOrDefault(result.path("outcome").asString(""), 422);
        if (status != 201) {
            answer(exchange, status, result);
            return;
        }
        answer(
                exchange,
                status,
                document(Objects.requireNonNull(
                        devices.get(result.path("device_id").asString("")))));
    }

    private void importAll(HttpExchange exchange, String body) throws IOException {
        var attributes = WorkbenchClient.JSON.readTree(body).at("/data/attributes");
        if (devices.size() + 1 >= refusesFrom) {
            answer(exchange, 403, error("", ROLE_REFUSED));
            return;
        }
        createsOrganizations = attributes.path("create_organizations").asBoolean(false);
        var resource = WorkbenchClient.JSON.createObjectNode();
        var results = resource.putObject("attributes").putArray("results");
        for (var device : attributes.path("devices")) {
            results.add(outcome((ObjectNode) device, attributes.path("dry_run").asBoolean(false)));
        }
        answer(exchange, 200, document(resource));
    }

    /** What becomes of a device, as an import tells it; its errors are those that a single request gets. */
    private ObjectNode outcome(ObjectNode attributes, boolean dryRun) {
        var other = devices.get(attributes.path("application_of").asString(""));
        if (other != null) {
            attributes.set("directory_id", other.at("/attributes/directory_id"));
        }
        if (!attributes.has(KIND)) {
            attributes.put(KIND, MDI);
        }
        var directory = attributes.path("directory_id").asString("");
        if (!directory.matches("[0-9a-f-]{36}")) {
            return error("directory_id", "Directory ID must be a GUID.").put("outcome", "failed");
        }
        if (directoriesAndKinds()
                .contains(directory + " " + attributes.path(KIND).asString())) {
            return error("directory_id", "That tenant is connected already.").put("outcome", "exists");
        }
        attributes.remove("client_secret");
        var outcome = WorkbenchClient.JSON.createObjectNode().put("outcome", dryRun ? "ready" : "created");
        return dryRun
                ? outcome
                : outcome.put("device_id", keep(attributes).path("id").asString(""));
    }

    private ObjectNode keep(ObjectNode attributes) {
        var id = new UUID(7, devices.size() + 1L).toString();
        var device = WorkbenchClient.JSON
                .createObjectNode()
                .put("type", "security_devices")
                .put("id", id);
        attributes.put("status", "unhealthy").put("last_poll_at", "2026-11-23T12:00:05.123Z");
        attributes.putNull("last_data_at");
        attributes
                .putObject("status_details")
                .put("stage", "unhealthy")
                .put("message", "The client secret has expired.")
                .put("hint", "Make a new one.");
        attributes
                .putArray("feeds")
                .addObject()
                .put("feed", "alerts")
                .put("trouble", "secret_expired")
                .put("cause", "The client secret has expired.")
                .put("cure", "Make a new one.")
                .put("records", 12)
                .put("versions", 14)
                .put("unreadable", 0)
                .put("left_out", 3);
        device.set("attributes", attributes);
        devices.put(id, device);
        return device;
    }

    private void one(HttpExchange exchange, String body, String rest) throws IOException {
        var id = rest.replace("/test", "");
        if (!devices.containsKey(id)) {
            answer(exchange, 404, error("", "There is no such device."));
        } else if (rest.endsWith("/test")) {
            answer(exchange, 200, test());
        } else if (exchange.getRequestMethod().equals("PATCH")) {
            var device = Objects.requireNonNull(devices.get(id));
            var attributes = (ObjectNode) device.path("attributes");
            WorkbenchClient.JSON.readTree(body).at("/data/attributes").forEachEntry(attributes::set);
            answer(exchange, 200, document(device));
        } else {
            devices.remove(id);
            answer(exchange, 204, WorkbenchClient.JSON.createObjectNode());
        }
    }

    private ObjectNode test() {
        var document = WorkbenchClient.JSON.createObjectNode();
        var attributes = document.putObject("data").putObject("attributes");
        attributes.put("passed", connectionsWork);
        var checks = attributes.putArray("checks");
        checks.addObject().put("title", "Sign-in").put("result", "passed");
        if (!connectionsWork) {
            checks.addObject()
                    .put("title", "Permission SecurityAlert.Read.All")
                    .put("result", "failed")
                    .put("cause", "The permission is missing.")
                    .put("cure", "An administrator has to grant it.")
                    .put("code", "Forbidden")
                    .put("http_status", 403)
                    .put("request_id", "r-1");
        }
        return document;
    }

    private static ObjectNode error(String field, String detail) {
        var document = WorkbenchClient.JSON.createObjectNode();
        var error = document.putArray("errors").addObject().put("detail", detail);
        if (!field.isEmpty()) {
            error.putObject("source").put("pointer", "/data/attributes/" + field);
        }
        return document;
    }

    private static void answer(HttpExchange exchange, int status, ObjectNode document) throws IOException {
        var bytes = document.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.api+json");
        exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
        if (status != 204) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
