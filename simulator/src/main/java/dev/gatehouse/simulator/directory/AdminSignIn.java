package dev.gatehouse.simulator.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.simulator.entra.Directory;
import dev.gatehouse.simulator.entra.Resources;
import dev.gatehouse.simulator.entra.SignInError;
import dev.gatehouse.simulator.entra.SignInErrorAnswer;
import dev.gatehouse.simulator.entra.TenantDirectory;
import dev.gatehouse.simulator.entra.Tokens;
import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Handler;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Parameters;
import dev.gatehouse.simulator.http.Request;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * How people sign in: device code, and authorization code with PKCE. In front of whoever has to approve stands a plain
 * page, unless the tenant says who approves ({@link CustomerDirectory#signInsAreApprovedBy}). The tenant is taken to have
 * consented to the public client for everything that it asks.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code">Device code</a>
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow">Authorization code</a>
 */
public final class AdminSignIn implements Handler {

    private static final Duration CODE_LIFETIME = Duration.ofMinutes(15);
    private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final Set<String> GRANTS =
            Set.of(DEVICE_GRANT, "device_code", "authorization_code", "refresh_token");
    /** Azure CLI and Azure PowerShell: known everywhere, but pre-authorised for few permissions of Graph. */
    private static final Set<String> PREAUTHORIZED_ONLY =
            Set.of("04b07795-8ddb-461a-bbee-02f9e1bf7b46", "1950a258-227b-4e31-a9cf-717495945fc2");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Directory tenants;
    private final CustomerDirectories directories;
    private final Tokens tokens;
    private final Resources resources;
    private final InstantSource clock;
    private final Map<String, Pending> byDeviceCode = new ConcurrentHashMap<>();
    private final Map<String, Pending> byCode = new ConcurrentHashMap<>();
    private final Map<String, Session> byRefreshToken = new ConcurrentHashMap<>();

    /** What a client was consented to in a tenant, which is whatever it has asked for. */
    private final Map<String, Set<String>> consents = new ConcurrentHashMap<>();

    /** In place of a tenant's name in a path: whoever signs in decides which tenant it is. */
    private static final Set<String> ANY_TENANT = Set.of("common", "organizations");

    /** Somebody of a tenant. */
    private record Person(TenantDirectory tenant, Tokens.User user) {}

    /**
     * A sign-in that somebody may have approved.
     *
     * @param tenant whose people may approve it; empty when those of all tenants may
     */
    private record Pending(
            Optional<TenantDirectory> tenant,
            String clientId,
            Scopes scopes,
            String userCode,
            String challenge,
            Instant expires,
            Optional<Person> approvedBy) {

        Pending approvedBy(Person person) {
            return new Pending(tenant, clientId, scopes, userCode, challenge, expires, Optional.of(person));
        }
    }

    private record Session(Person person, String clientId) {}

    public AdminSignIn(
            Directory tenants,
            CustomerDirectories directories,
            Tokens tokens,
            Resources resources,
            InstantSource clock) {
        this.tenants = tenants;
        this.directories = directories;
        this.tokens = tokens;
        this.resources = resources;
        this.clock = clock;
    }

    /** Whether a request on the sign-in host is about people. */
    public static boolean serves(Request request) {
        return switch (action(request)) {
            case "oauth2/v2.0/devicecode", "oauth2/v2.0/authorize", "devicelogin", "adminconsent" -> true;
            case "oauth2/v2.0/token" ->
                form(request).first("grant_type").filter(GRANTS::contains).isPresent();
            default -> false;
        };
    }

    private static String action(Request request) {
        var path = request.segments();
        return path.size() < 2 ? String.join("/", path) : String.join("/", path.subList(1, path.size()));
    }

    private static Parameters form(Request request) {
        try {
            return Parameters.parse(request.body());
        } catch (IllegalArgumentException e) {
            return Parameters.parse("");
        }
    }

    @Override
    public Answer answer(Request request) {
        var answer = answered(request);
        return request.headers()
                .first("client-request-id")
                .map(id -> answer.with("client-request-id", id))
                .orElse(answer);
    }

    private Answer answered(Request request) {
        if (action(request).equals("devicelogin")) {
            return deviceLogin(request);
        }
        var name = request.segments().getFirst();
        var tenant = tenants.find(name);
        if (tenant.isEmpty() && (!ANY_TENANT.contains(name) || action(request).equals("adminconsent"))) {
            return refused(request, SignInError.TENANT_NOT_FOUND, name);
        }
        return switch (action(request)) {
            case "oauth2/v2.0/devicecode" -> deviceCode(request, tenant);
            case "oauth2/v2.0/authorize" -> authorize(request, tenant);
            case "adminconsent" -> adminConsent(request, tenant.orElseThrow());
            default -> token(request, tenant);
        };
    }

    private Answer refused(Request request, SignInError error, Object... about) {
        return SignInErrorAnswer.to(request, error, clock.instant(), about);
    }

    // ---- Device code -------------------------------------------------------------------------------------------

    private Answer deviceCode(Request request, Optional<TenantDirectory> tenant) {
        var form = form(request);
        var client = form.filled("client_id").orElse("");
        var scopes = Scopes.parse(form.filled("scope").orElse(""), resources);
        if (client.isEmpty() || scopes.isEmpty()) {
            return refused(request, SignInError.PARAMETER_MISSING);
        }
        if (PREAUTHORIZED_ONLY.contains(client)) {
            return refused(request, SignInError.NOT_PREAUTHORIZED);
        }
        var deviceCode = random();
        var userCode = random().replaceAll("[^A-Za-z0-9]", "X").substring(0, 9).toUpperCase(Locale.ROOT);
        var page = request.base() + "/devicelogin";
        byDeviceCode.put(
                deviceCode,
                new Pending(
                        tenant, client, scopes, userCode, "", clock.instant().plus(CODE_LIFETIME), Optional.empty()));
        return Answer.json(
                200,
                Json.object()
                        .put("user_code", userCode)
                        .put("device_code", deviceCode)
                        .put("verification_uri", page)
                        .put("expires_in", CODE_LIFETIME.toSeconds())
                        .put("interval", 5)
                        .put(
                                "message",
                                "To sign in, use a web browser to open the page %s and enter the code %s to authenticate."
                                        .formatted(page, userCode)));
    }

    /** The page behind the code: choose who you are, and approve. */
    private Answer deviceLogin(Request request) {
        var form = request.method().equals("POST") ? form(request) : request.query();
        var code = form.filled("code").orElse("");
        var found = byDeviceCode.entrySet().stream()
                .filter(entry -> entry.getValue().userCode().equalsIgnoreCase(code))
                .findFirst();
        if (found.isEmpty()) {
            return page("<form><label>Code <input name=\"code\"></label> <button>Next</button></form>");
        }
        var tenant = found.get().getValue().tenant();
        var person = form.filled("user").flatMap(name -> person(tenant, name));
        if (!request.method().equals("POST") || person.isEmpty()) {
            return chooser(tenant, "/devicelogin", Map.of("code", code));
        }
        byDeviceCode.computeIfPresent(found.get().getKey(), (_, pending) -> pending.approvedBy(person.get()));
        return page("<p>You have signed in. You may close this window.</p>");
    }

    // ---- Authorization code ------------------------------------------------------------------------------------

    private Answer authorize(Request request, Optional<TenantDirectory> tenant) {
        var query = request.method().equals("POST") ? form(request) : request.query();
        var redirect = query.filled("redirect_uri").orElse("");
        if (!redirect.matches("http://(localhost|127\\.0\\.0\\.1)(:\\d+)?(/.*)?")) {
            return page("<p>AADSTS50011: The redirect URI specified in the request does not match.</p>");
        }
        var person =
                query.filled("user").flatMap(name -> person(tenant, name)).or(() -> tenant.flatMap(this::approver));
        if (person.isEmpty()) {
            var fields = query.names().stream().collect(Collectors.toMap(name -> name, name -> query.first(name)
                    .orElse("")));
            return chooser(tenant, request.path(), fields);
        }
        var code = random();
        byCode.put(
                code,
                new Pending(
                        tenant,
                        query.filled("client_id").orElse(""),
                        Scopes.parse(query.filled("scope").orElse(""), resources),
                        "",
                        query.filled("code_challenge").orElse(""),
                        clock.instant().plus(CODE_LIFETIME),
                        person));
        var state = query.first("state").orElse("");
        if (query.first("response_mode").filter("form_post"::equals).isPresent()) {
            return page("""
                    <form method="post" action="%s">%s%s<noscript><button>Continue</button></noscript></form>
                    <script>document.forms[0].submit()</script>
                    """.formatted(escaped(redirect), hidden("code", code), hidden("state", state)));
        }
        return Answer.empty(302)
                .with("Location", "%s?code=%s&state=%s".formatted(redirect, encoded(code), encoded(state)));
    }

    // ---- Admin consent -----------------------------------------------------------------------------------------

    private Answer adminConsent(Request request, TenantDirectory tenant) {
        var query = request.query();
        var directory = directories.of(tenant);
        var redirect = query.filled("redirect_uri");
        var user = query.filled("user").or(directory::approver).flatMap(name -> user(tenant, name));
        if (user.isEmpty()) {
            var fields = query.names().stream().collect(Collectors.toMap(name -> name, name -> query.first(name)
                    .orElse("")));
            return chooser(Optional.of(tenant), request.path(), fields);
        }
        var roles = directory.rolesOf(user.get().id().toString());
        var mayConsent = roles.contains(DirectoryRole.GLOBAL_ADMINISTRATOR)
                || roles.contains(DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR);
        var application = query.filled("client_id").flatMap(directory::registered);
        var state = query.first("state").orElse("");
        if (application.isEmpty() || !mayConsent) {
            return back(
                    redirect,
                    "error=permission_denied&error_description=The+admin+canceled+the+request&state=" + encoded(state));
        }
        synchronized (directory) {
            directory.consentToEverythingAskedFor(application.get());
        }
        return back(redirect, "tenant=%s&state=%s&admin_consent=True".formatted(tenant.id(), encoded(state)));
    }

    private static Answer back(Optional<String> redirect, String query) {
        return redirect.isPresent()
                ? Answer.empty(302).with("Location", redirect.get() + "?" + query)
                : page("<p>%s</p>".formatted(escaped(query.replace('&', ' '))));
    }

    // ---- Tokens ------------------------------------------------------------------------------------------------

    private Answer token(Request request, Optional<TenantDirectory> tenant) {
        var form = form(request);
        return switch (form.first("grant_type").orElse("")) {
            case DEVICE_GRANT, "device_code" -> deviceToken(request, form);
            case "authorization_code" -> codeToken(request, form);
            default -> refreshedToken(request, form, tenant);
        };
    }

    private Answer deviceToken(Request request, Parameters form) {
        var code = form.filled("device_code").or(() -> form.filled("code")).orElse("");
        var pending = byDeviceCode.get(code);
        if (pending == null) {
            return refused(request, SignInError.DEVICE_CODE_UNKNOWN);
        }
        if (clock.instant().isAfter(pending.expires())) {
            return refused(request, SignInError.DEVICE_CODE_EXPIRED);
        }
        var person = pending.approvedBy().or(() -> pending.tenant().flatMap(this::approver));
        if (person.isEmpty()) {
            return refused(request, SignInError.AUTHORIZATION_PENDING);
        }
        byDeviceCode.remove(code);
        return issue(request, person.get(), pending.clientId(), pending.scopes());
    }

    private Answer codeToken(Request request, Parameters form) {
        var pending = byCode.remove(form.filled("code").orElse(""));
        if (pending == null || clock.instant().isAfter(pending.expires())) {
            return refused(request, SignInError.CODE_ALREADY_REDEEMED);
        }
        var verifier = form.filled("code_verifier").orElse("");
        if (!pending.challenge().equals(challengeOf(verifier))) {
            return refused(request, SignInError.CODE_VERIFIER_WRONG);
        }
        return issue(request, pending.approvedBy().orElseThrow(), pending.clientId(), pending.scopes());
    }

    private Answer refreshedToken(Request request, Parameters form, Optional<TenantDirectory> tenant) {
        var session = byRefreshToken.get(form.filled("refresh_token").orElse(""));
        if (session == null
                || tenant.filter(named -> !named.equals(session.person().tenant()))
                        .isPresent()) {
            return refused(request, SignInError.CODE_ALREADY_REDEEMED);
        }
        // With the roles that the person has by now.
        var person =
                personWithId(session.person().tenant(), session.person().user().id());
        if (person.isEmpty()) {
            return refused(request, SignInError.DELEGATED_CONSENT_MISSING);
        }
        return issue(
                request,
                person.get(),
                session.clientId(),
                Scopes.parse(form.filled("scope").orElse(""), resources));
    }

    private Answer issue(Request request, Person person, String clientId, Scopes asked) {
        var now = clock.instant();
        var tenant = person.tenant();
        var user = person.user();
        var scopes = asked.consented(consents.computeIfAbsent(
                "%s in %s".formatted(clientId, tenant.id()), _ -> ConcurrentHashMap.newKeySet()));
        var refreshToken = random();
        byRefreshToken.put(refreshToken, new Session(person, clientId));
        var issuer = "%s/%s/v2.0".formatted(request.base(), tenant.id());
        var clientInfo = Json.object()
                .put("uid", user.id().toString())
                .put("utid", tenant.id().toString());
        return Answer.json(
                        200,
                        Json.object()
                                .put("token_type", "Bearer")
                                .put("scope", scopes.told())
                                .put("expires_in", 3599)
                                .put("ext_expires_in", 3599)
                                .put(
                                        "access_token",
                                        tokens.issueFor(
                                                user, tenant, clientId, scopes.audience(), scopes.granted(), now))
                                .put("refresh_token", refreshToken)
                                .put("id_token", tokens.identify(user, tenant, clientId, issuer, now))
                                .put(
                                        "client_info",
                                        Base64.getUrlEncoder()
                                                .withoutPadding()
                                                .encodeToString(
                                                        clientInfo.toString().getBytes(UTF_8))))
                .with("Cache-Control", "no-store, no-cache");
    }

    // ---- Words -------------------------------------------------------------------------------------------------

    private Optional<Person> approver(TenantDirectory tenant) {
        return directories.of(tenant).approver().flatMap(name -> person(Optional.of(tenant), name));
    }

    /** Somebody of a tenant, or of any when none is named. */
    private Optional<Person> person(Optional<TenantDirectory> tenant, String userPrincipalName) {
        return tenant.map(List::of).orElseGet(tenants::tenants).stream()
                .flatMap(each -> user(each, userPrincipalName).map(user -> new Person(each, user)).stream())
                .findFirst();
    }

    private Optional<Tokens.User> user(TenantDirectory tenant, String userPrincipalName) {
        return directories.of(tenant).userNamed(userPrincipalName).map(user -> {
            var id = user.path("id").asString();
            return new Tokens.User(
                    UUID.fromString(id),
                    user.path("userPrincipalName").asString(),
                    user.path("displayName").asString(),
                    directories.of(tenant).rolesOf(id).stream()
                            .map(DirectoryRole::templateId)
                            .toList());
        });
    }

    private Optional<Person> personWithId(TenantDirectory tenant, UUID id) {
        return directories.of(tenant).userNames().stream()
                .flatMap(name -> person(Optional.of(tenant), name).stream())
                .filter(person -> person.user().id().equals(id))
                .findFirst();
    }

    private Answer chooser(Optional<TenantDirectory> tenant, String action, Map<String, String> fields) {
        var html = new StringBuilder("<form method=\"post\" action=\"%s\"><p>Pick an account</p>".formatted(action));
        fields.forEach((name, value) -> html.append(hidden(name, value)));
        for (var each : tenant.map(List::of).orElseGet(tenants::tenants)) {
            for (var name : directories.of(each).userNames()) {
                html.append("<button name=\"user\" value=\"%s\">%s</button> ".formatted(escaped(name), escaped(name)));
            }
        }
        return page(html.append("</form>").toString());
    }

    private static Answer page(String body) {
        return Answer.text(200, "text/html; charset=utf-8", """
                        <!doctype html><html lang="en"><title>Sign in</title>
                        <style>
                          body { max-width: 38em; margin: 4em auto; padding: 0 1em; font: 16px sans-serif; }
                          h1 { font-size: 22px; }
                          button { display: block; width: 100%%; margin: 8px 0; padding: 10px 14px; overflow-wrap: anywhere; font: inherit; text-align: left; }
                        </style>
                        <h1>Sign in to the pretend Entra ID</h1>%s</html>
                        """.formatted(body));
    }

    private static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"%s\" value=\"%s\">".formatted(escaped(name), escaped(value));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String random() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String challengeOf(String verifier) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
