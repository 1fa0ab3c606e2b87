package dev.gatehouse.setup.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tenant's Graph in memory, for the rules of this room: what was made is there, at once or after a delay; what there can
 * be one of is refused a second time. It asks nobody for permissions, which is what the stories are for.
 */
public final class PretendGraph implements GraphCalls {

    public static final String TENANT = "4f6c8d54-2a1b-4c3d-8e9f-0a1b2c3d4e5f";
    private static final String GRAPH = "graph-principal";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final InstantSource clock;
    private final IdentityHashMap<JsonNode, Instant> visible = new IdentityHashMap<>();
    private final List<Trouble> troubles = new ArrayList<>();
    private final List<String> orders = new ArrayList<>();
    private final List<JsonNode> bodies = new ArrayList<>();
    private Duration delay = Duration.ZERO;
    private Consumer<String> beforeOrder = order -> {};

    public final List<ObjectNode> users = new ArrayList<>();
    public final List<ObjectNode> assignments = new ArrayList<>();
    public final List<ObjectNode> partners = new ArrayList<>();
    public final List<ObjectNode> applications = new ArrayList<>();
    public final List<ObjectNode> principals = new ArrayList<>();
    public final List<ObjectNode> grants = new ArrayList<>();
    public final List<ObjectNode> delegated = new ArrayList<>();

    /** What stands at these addresses, e.g. policies. */
    public final Map<String, JsonNode> singletons = new HashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // a counter, never compared
    private record Trouble(String method, Pattern path, int[] left, Answer answer, boolean isCarriedOut) {}

    public PretendGraph(InstantSource clock) {
        this.clock = clock;
        singletons.put("/me", object("{'id':'ada','userPrincipalName':'ada@contoso.example'}"));
        singletons.put("/policies/authorizationPolicy", object("{'allowInvitesFrom':'everyone'}"));
        singletons.put("/policies/crossTenantAccessPolicy/default", object("{'isServiceDefault':true}"));
        singletons.put("/policies/defaultAppManagementPolicy", object("{'isEnabled':false}"));
        var graph = object(
                "{'id':'%s','appId':'%s','accountEnabled':true}".formatted(GRAPH, ServicePrincipal.MICROSOFT_GRAPH));
        for (var name : List.of(
                "SecurityAlert.Read.All",
                "SecurityEvents.Read.All",
                "ThreatHunting.Read.All",
                "SecurityIncident.Read.All")) {
            graph.withArray("appRoles").addObject().put("id", "role " + name).put("value", name);
        }
        graph.withArray("oauth2PermissionScopes")
                .addObject()
                .put("id", "scope User.Read")
                .put("value", "User.Read");
        principals.add(graph);
    }

    /** JSON with single quotes. */
    public static ObjectNode object(String text) {
        return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    }

    // ---- Setting the stage -----------------------------------------------------------------------------------------

    /** From now on, what is made can be read that much later. Whether there is one is known at once. */
    public void delay(Duration howLong) {
        delay = howLong;
    }

    /** The next orders of that kind are refused. */
    public void refuse(int times, String method, String path, int status, String code, String words) {
        var error = JSON.createObjectNode();
        error.putObject("error").put("code", code).put("message", words);
        var answer = new Answer.Came(status, error, Optional.of("request"), Optional.empty());
        troubles.add(new Trouble(method, Pattern.compile(path), new int[] {times}, answer, false));
    }

    /** The next order of that kind is carried out, and its answer gets lost. */
    public void loseAnswer(String method, String path) {
        troubles.add(new Trouble(
                method, Pattern.compile(path), new int[] {1}, new Answer.Lost("the connection broke"), true));
    }

    /** Hears of every order before it is looked at. */
    public void beforeOrder(Consumer<String> listener) {
        beforeOrder = listener;
    }

    /** All orders so far, e.g. {@code POST /invitations}. */
    public List<String> orders() {
        return orders;
    }

    public long ordersOf(String method, String path) {
        return orders.stream()
                .filter(order -> order.matches(Pattern.quote(method) + " " + path))
                .count();
    }

    /** The body of the last order. */
    public JsonNode lastBody() {
        return bodies.getLast();
    }

    // ---- Answering -------------------------------------------------------------------------------------------------

    @Override
    public String address(String path) {
        return "https://graph.example/v1.0" + path;
    }

    @Override
    public Answer call(String method, String target, Optional<JsonNode> body) {
        var path = target.replaceFirst("\\?.*", "");
        if (!method.equals("GET")) {
            orders.add(method + " " + path);
            body.ifPresent(bodies::add);
            beforeOrder.accept(method + " " + path);
        }
        for (var trouble : troubles) {
            if (trouble.left()[0] > 0
                    && trouble.method().equals(method)
                    && trouble.path().matcher(path).matches()) {
                trouble.left()[0]--;
                if (trouble.isCarriedOut()) {
                    carryOut(method, path, target, body);
                }
                return trouble.answer();
            }
        }
        return carryOut(method, path, target, body);
    }

    private Answer carryOut(String method, String path, String target, Optional<JsonNode> body) {
        return method.equals("GET")
                ? read(path, target)
                : order(method, path, body.map(ObjectNode.class::cast).orElseGet(JSON::createObjectNode));
    }

    private Answer read(String path, String target) {
        var filter = target.contains("$filter=")
                ? URLDecoder.decode(target.replaceFirst(".*\\$filter=", "").replaceFirst("&.*", ""), UTF_8)
                : "";
        var parts = path.substring(1).split("/", -1);
        return switch (parts[0]) {
            case "organization" -> list(Stream.of(object("{'id':'%s','displayName':'Contoso'}".formatted(TENANT))), "");
            case "me" -> parts.length > 1 ? list(Stream.empty(), "") : one(Optional.ofNullable(singletons.get("/me")));
            case "users" -> parts.length == 1 ? list(users.stream(), filter) : one(withId(users, parts[1]));
            case "roleManagement" ->
                parts.length == 3 ? list(assignments.stream(), filter) : one(withId(assignments, parts[3]));
            case "policies" ->
                parts.length == 4
                        ? one(seen(partners)
                                .filter(partner -> has(partner, "tenantId", parts[3]))
                                .findFirst())
                        : one(Optional.ofNullable(singletons.get(path)));
            case "applications" -> application(parts, filter);
            case "servicePrincipals" ->
                parts.length == 1
                        ? list(principals.stream(), filter)
                        : parts.length == 2
                                ? one(withId(principals, parts[1]))
                                : list(grants.stream().filter(grant -> has(grant, "principalId", parts[1])), "");
            case "oauth2PermissionGrants" -> list(delegated.stream(), filter);
            default -> {
                var appId = path.replaceFirst("/servicePrincipals\\(appId='(.*)'\\)", "$1");
                yield one(
                        seen(principals).filter(one -> has(one, "appId", appId)).findFirst());
            }
        };
    }

    private Answer application(String[] parts, String filter) {
        if (parts.length == 1) {
            return list(applications.stream(), filter);
        }
        var application = withId(applications, parts[1]);
        return switch (parts.length > 2 ? parts[2] : "") {
            case "owners" -> list(Stream.empty(), "");
            case "appManagementPolicies" ->
                list(
                        Optional.ofNullable(singletons.get("/" + String.join("/", parts)))
                                .map(ObjectNode.class::cast)
                                .stream(),
                        "");
            default -> one(application);
        };
    }

    private Answer order(String method, String path, ObjectNode body) {
        var parts = path.substring(1).split("/", -1);
        return switch (method + " " + path.replaceAll("/[0-9a-f-]{36}", "/ID").replaceAll("/id-[0-9]+", "/ID")) {
            case "POST /invitations" -> {
                var user = made(users, JSON.createObjectNode())
                        .put("mail", body.path("invitedUserEmailAddress").asString())
                        .put("displayName", body.path("invitedUserDisplayName").asString())
                        .put("userType", "Guest")
                        .put("accountEnabled", true);
                var invitation = JSON.createObjectNode();
                invitation.putObject("invitedUser").set("id", user.get("id"));
                yield came(201, invitation);
            }
            case "POST /roleManagement/directory/roleAssignments" ->
                once(
                        assignments,
                        body,
                        "principalId",
                        400,
                        "Request_BadRequest",
                        "A conflicting object with one or more of the specified property values is present in the directory.");
            case "POST /policies/crossTenantAccessPolicy/partners" ->
                once(
                        partners,
                        body,
                        "tenantId",
                        400,
                        "Request_BadRequest",
                        "Another object with the same value for property tenantId already exists.");
            case "PATCH /policies/crossTenantAccessPolicy/partners/ID" -> changed(partners.getFirst(), body);
            case "POST /applications" -> {
                body.put("appId", UUID.randomUUID().toString())
                        .put("createdDateTime", clock.instant().toString());
                body.putArray("passwordCredentials");
                body.putArray("keyCredentials");
                yield came(201, made(applications, body));
            }
            case "POST /servicePrincipals" ->
                once(
                        principals,
                        body.put("accountEnabled", true),
                        "appId",
                        409,
                        "Request_MultipleObjectsWithSameKeyValue",
                        "The service principal cannot be created, updated, or restored because the service principal name is already in use.");
            case "POST /servicePrincipals/" + GRAPH + "/appRoleAssignedTo" ->
                once(
                        grants,
                        body,
                        "appRoleId",
                        400,
                        "Request_BadRequest",
                        "Permission being assigned already exists on the object");
            case "POST /oauth2PermissionGrants" ->
                once(
                        delegated,
                        body,
                        "clientId",
                        409,
                        "Request_MultipleObjectsWithSameKeyValue",
                        "Permission entry already exists.");
            case "POST /applications/ID/addPassword" -> {
                var secret = body.path("passwordCredential").deepCopy();
                var password = ((ObjectNode) secret)
                        .put("keyId", UUID.randomUUID().toString())
                        .put("startDateTime", clock.instant().toString());
                keys(parts[1], "passwordCredentials").add(password);
                yield came(
                        200,
                        password.deepCopy()
                                .put(
                                        "secretText",
                                        "abc8Q~a-value-of-"
                                                + password.path("keyId").asString()));
            }
            case "POST /applications/ID/removePassword" -> {
                var keyId = body.path("keyId").asString();
                keys(parts[1], "passwordCredentials").removeIf(key -> has(key, "keyId", keyId));
                yield came(204, MissingNode.getInstance());
            }
            case "PATCH /applications/ID" -> changed(withIdAtAll(applications, parts[1]), body);
            case "PATCH /users/ID" -> changed(withIdAtAll(users, parts[1]), body);
            case "PATCH /oauth2PermissionGrants/ID" -> changed(withIdAtAll(delegated, parts[1]), body);
            case "PATCH /servicePrincipals/ID" -> changed(withIdAtAll(principals, parts[1]), body);
            default -> throw new AssertionError("The pretend Graph does not know " + method + " " + path);
        };
    }

    private ArrayNode keys(String applicationId, String property) {
        return (ArrayNode) withIdAtAll(applications, applicationId).path(property);
    }

    private Answer changed(ObjectNode node, ObjectNode fields) {
        node.setAll(fields);
        return came(204, MissingNode.getInstance());
    }

    /** Makes what there can be one of. The server that takes orders knows what others do not show yet. */
    private Answer once(List<ObjectNode> all, ObjectNode node, String key, int status, String code, String words) {
        if (all.stream().anyMatch(one -> one.path(key).equals(node.path(key)))) {
            var error = JSON.createObjectNode();
            error.putObject("error").put("code", code).put("message", words);
            return came(status, error);
        }
        return came(201, made(all, node));
    }

    private ObjectNode made(List<ObjectNode> all, ObjectNode node) {
        node.put(
                "id",
                "id-"
                        + (1
                                + users.size()
                                + assignments.size()
                                + applications.size()
                                + principals.size()
                                + grants.size()
                                + delegated.size()));
        visible.put(node, clock.instant().plus(delay));
        all.add(node);
        return node;
    }

    private static Answer came(int status, JsonNode body) {
        return new Answer.Came(status, body, Optional.empty(), Optional.empty());
    }

    // ---- What can be seen ------------------------------------------------------------------------------------------

    private Stream<ObjectNode> seen(List<ObjectNode> all) {
        return all.stream().filter(this::isVisible);
    }

    private boolean isVisible(JsonNode node) {
        return !clock.instant().isBefore(visible.getOrDefault(node, Instant.MIN));
    }

    private Optional<JsonNode> withId(List<ObjectNode> all, String id) {
        return seen(all)
                .filter(node -> has(node, "id", id))
                .map(JsonNode.class::cast)
                .findFirst();
    }

    private static ObjectNode withIdAtAll(List<ObjectNode> all, String id) {
        return all.stream().filter(node -> has(node, "id", id)).findFirst().orElseThrow();
    }

    private static Answer one(Optional<? extends JsonNode> node) {
        var error = JSON.createObjectNode();
        error.putObject("error").put("code", "Request_ResourceNotFound").put("message", "Resource does not exist.");
        return node.<Answer>map(found -> came(200, found)).orElseGet(() -> came(404, error));
    }

    private Answer list(Stream<ObjectNode> all, String filter) {
        var page = JSON.createObjectNode();
        var value = page.putArray("value");
        all.filter(this::isVisible)
                .filter(node ->
                        filter.isEmpty() || Stream.of(filter.split(" or ")).anyMatch(term -> takes(node, term)))
                .forEach(value::add);
        return came(200, page);
    }

    private static final Pattern EQUALS = Pattern.compile("(\\w+) eq '(.*)'");
    private static final Pattern ANY = Pattern.compile("(\\w+)/any\\((\\w+):\\2 eq '(.*)'\\)");
    private static final Pattern BEGINS = Pattern.compile("startswith\\((\\w+),'(.*)'\\)");

    private static boolean takes(JsonNode node, String terms) {
        return Stream.of(terms.split(" and ")).allMatch(term -> {
            var any = ANY.matcher(term);
            if (any.matches()) {
                return node.path(any.group(1)).valueStream().anyMatch(value -> value.asString("")
                        .equalsIgnoreCase(any.group(3)));
            }
            var begins = BEGINS.matcher(term);
            if (begins.matches()) {
                return node.path(begins.group(1)).asString("").startsWith(begins.group(2));
            }
            var equals = EQUALS.matcher(term);
            if (!equals.matches()) {
                throw new AssertionError("The pretend Graph does not know the filter " + term);
            }
            return has(node, equals.group(1), equals.group(2));
        });
    }

    private static boolean has(JsonNode node, String field, String value) {
        return node.path(field).asString("").equalsIgnoreCase(value);
    }
}
