package dev.gatehouse.simulator.directory;

import dev.gatehouse.simulator.entra.Directory;
import dev.gatehouse.simulator.entra.Tokens;
import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Delivery;
import dev.gatehouse.simulator.http.Handler;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Request;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The directory's part of the Graph host. */
public final class DirectoryEndpoints implements Handler {

    private static final List<String> SERVED = List.of(
            "me",
            "users",
            "invitations",
            "roleManagement",
            "policies",
            "applications",
            "servicePrincipals",
            "oauth2PermissionGrants",
            "organization",
            "tenantRelationships");

    private final Directory tenants;
    private final CustomerDirectories directories;
    private final Tokens tokens;
    private final InstantSource clock;
    private final Interruptions interruptions = new Interruptions();

    public DirectoryEndpoints(Directory tenants, CustomerDirectories directories, Tokens tokens, InstantSource clock) {
        this.tenants = tenants;
        this.directories = directories;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Whether a path is the directory's. */
    public static boolean serves(Request request) {
        var path = request.segments();
        if (path.size() < 2 || !path.getFirst().equals("v1.0")) {
            return false;
        }
        return SERVED.contains(path.get(1).replaceFirst("\\(.*$", ""));
    }

    /** Where tests cut connections. */
    public Interruptions interruptions() {
        return interruptions;
    }

    @Override
    public Answer answer(Request request) {
        var requestId = UUID.randomUUID().toString();
        var when = interruptions.next();
        if (when == Interruptions.When.BEFORE) {
            return Answer.empty(503).withDelivery(new Delivery.Reset());
        }
        var answer = carriedOut(request, requestId)
                .with("request-id", requestId)
                .with("client-request-id", clientRequestId(request, requestId));
        return when == Interruptions.When.AFTER ? answer.withDelivery(new Delivery.Reset()) : answer;
    }

    /** The caller's, or ours again when it gave none. */
    private static String clientRequestId(Request request, String requestId) {
        return request.headers().first("client-request-id").orElse(requestId);
    }

    private Answer carriedOut(Request request, String requestId) {
        try {
            var caller = caller(request);
            synchronized (caller.directory()) {
                caller.directory().replication().settle();
                return answer(caller, request);
            }
        } catch (DirectoryError error) {
            var body = Json.object();
            var details = body.putObject("error").put("code", error.code()).put("message", error.text());
            details.putObject("innerError")
                    .put("date", clock.instant().toString().replaceFirst("(\\.\\d+)?Z$", ""))
                    .put("request-id", requestId)
                    .put("client-request-id", clientRequestId(request, requestId));
            return Answer.json(error.status(), body);
        }
    }

    private Caller caller(Request request) {
        var token = request.headers()
                .first("Authorization")
                .filter(value -> value.startsWith("Bearer "))
                .map(value -> value.substring("Bearer ".length()))
                .orElseThrow(DirectoryError::unauthorized);
        return switch (tokens.check(token, clock.instant())) {
            case Tokens.Verdict.Good(var access) ->
                Caller.of(
                        directories.of(tenants.find(access.tenantId()).orElseThrow(DirectoryError::unauthorized)),
                        access);
            case Tokens.Verdict.Bad bad -> throw DirectoryError.unauthorized();
        };
    }

    private Answer answer(Caller caller, Request request) {
        var segments = request.segments();
        var path = segments.subList(1, segments.size());
        return switch (path.getFirst().replaceFirst("\\(.*$", "")) {
            case "me" -> UserEndpoints.me(caller, request, path);
            case "users" -> UserEndpoints.users(caller, request, path);
            case "invitations" -> UserEndpoints.invitations(caller, request);
            case "roleManagement" -> RoleEndpoints.answer(caller, request, path);
            case "policies" -> PolicyEndpoints.answer(caller, request, path);
            case "applications" -> ApplicationEndpoints.answer(caller, request, path);
            case "servicePrincipals" -> ServicePrincipalEndpoints.answer(caller, request, path);
            case "oauth2PermissionGrants" -> GrantEndpoints.answer(caller, request, path);
            case "organization" -> organization(caller, request);
            case "tenantRelationships" -> tenantInformation(caller, request, path);
            default -> throw DirectoryError.bad("Resource not found for the segment '%s'.".formatted(path.getFirst()));
        };
    }

    private static Answer organization(Caller caller, Request request) {
        caller.needsPermission("User.Read", "Directory.Read.All");
        var tenant = caller.directory().tenant();
        var organization = Json.object()
                .put("id", tenant.id().toString())
                .putNull("deletedDateTime")
                .put("displayName", tenant.name())
                .put("mobileDeviceManagementAuthority", "intune")
                .put("tenantType", "AAD");
        List.of(
                        "assignedPlans",
                        "businessPhones",
                        "marketingNotificationEmails",
                        "provisionedPlans",
                        "securityComplianceNotificationMails",
                        "securityComplianceNotificationPhones",
                        "technicalNotificationMails")
                .forEach(organization::putArray);
        organization
                .putArray("verifiedDomains")
                .addObject()
                .put("capabilities", "Email, OfficeCommunicationsOnline")
                .put("isDefault", true)
                .put("isInitial", true)
                .put("name", tenant.domain())
                .put("type", "Managed");
        return Page.list(request, "organization", List.of(organization));
    }

    private Answer tenantInformation(Caller caller, Request request, List<String> path) {
        caller.needsPermission("CrossTenantInformation.ReadBasic.All");
        var id = key(path.getLast(), "tenantId").orElseThrow(() -> DirectoryError.bad("A tenant id is required."));
        var name = directories
                .nameOf(id)
                .or(() -> tenants.find(id).map(tenant -> tenant.name()))
                .orElseThrow(() -> DirectoryError.notFound(id));
        return Page.one(
                request,
                200,
                "microsoft.graph.tenantInformation",
                Json.object()
                        .put("tenantId", id)
                        .putNull("federationBrandName")
                        .put("displayName", name)
                        .put("defaultDomainName", name.toLowerCase(Locale.ROOT).replace(" ", "") + ".example"));
    }

    private static final Pattern KEY = Pattern.compile("[\\w.]+\\((\\w+)='([^']*)'\\)");

    /** The value of a key in parentheses, as in {@code servicePrincipals(appId='…')}. */
    static Optional<String> key(String segment, String name) {
        var matcher = KEY.matcher(segment);
        return matcher.matches() && matcher.group(1).equals(name) ? Optional.of(matcher.group(2)) : Optional.empty();
    }
}
