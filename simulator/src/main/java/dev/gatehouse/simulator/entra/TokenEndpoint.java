package dev.gatehouse.simulator.entra;

import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Parameters;
import dev.gatehouse.simulator.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code POST /{tenant}/oauth2/v2.0/token} for applications without a user (client credentials).
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow">The grant</a>
 */
public final class TokenEndpoint {

    private static final String GRANT = "client_credentials";
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final Directory directory;
    private final Tokens tokens;
    private final Resources resources;
    private final InstantSource clock;

    public TokenEndpoint(Directory directory, Tokens tokens, Resources resources, InstantSource clock) {
        this.directory = directory;
        this.tokens = tokens;
        this.resources = resources;
        this.clock = clock;
    }

    /** What an application sent to prove itself. */
    private sealed interface Credential {
        record Secret(String value) implements Credential {}

        record Assertion(String jwt) implements Credential {}

        record None() implements Credential {}
    }

    /** A token, or the first thing that is wrong. */
    Answer answer(Request request, String tenantName) {
        var now = clock.instant();
        try {
            return grant(request, tenantName, now);
        } catch (Refused refused) {
            return SignInErrorAnswer.to(request, refused.error(), refused.description(), now);
        }
    }

    private Answer grant(Request request, String tenantName, Instant now) throws Refused {
        if (!request.method().equals("POST")) {
            throw new Refused(SignInError.ONLY_POST, request.method());
        }
        var form = form(request);
        var grant = required(form, "grant_type");
        if (!grant.equals(GRANT)) {
            throw new Refused(SignInError.GRANT_UNSUPPORTED, grant);
        }
        var basic = basic(request);
        var clientId = basic.isPresent() ? basic.get().name() : required(form, "client_id");
        var scope = required(form, "scope");
        var tenant = tenant(directory, tenantName, clientId);
        var application = tenant.application(clientId)
                .orElseThrow(() -> new Refused(SignInError.APPLICATION_NOT_FOUND, clientId, tenant.name()));
        if (application.isDisabled()) {
            throw new Refused(SignInError.APPLICATION_DISABLED, application.id(), application.name());
        }
        var proof = prove(application, tenant, credential(form, basic), request, now);
        if (application.isWithoutServicePrincipal()) {
            throw new Refused(SignInError.SERVICE_PRINCIPAL_MISSING, application.id(), tenant.id());
        }
        var audience = resources.ofScope(scope);
        if (application.isBlockedByConditionalAccess()) {
            throw new Refused(SignInError.BLOCKED_BY_CONDITIONAL_ACCESS);
        }
        var body = Json.object()
                .put("token_type", "Bearer")
                .put("expires_in", Tokens.LIFETIME.toSeconds())
                .put("ext_expires_in", Tokens.LIFETIME.toSeconds())
                .put("access_token", tokens.issue(tenant, application, audience, proof, now));
        return Answer.json(200, body)
                .with("Cache-Control", "no-store, no-cache")
                .with("Pragma", "no-cache")
                .with("x-ms-request-id", UUID.randomUUID().toString());
    }

    /** Finds the tenant that a path names, as every endpoint below {@code /{tenant}} does. */
    static TenantDirectory tenant(Directory directory, String name, String clientId) throws Refused {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "common", "consumers" -> throw new Refused(SignInError.GRANT_NOT_ON_COMMON);
            case "organizations" -> throw new Refused(SignInError.NOT_MULTI_TENANT, clientId);
            default -> {
                if (!isGuidOrDomain(name)) {
                    throw new Refused(SignInError.TENANT_NAME_MALFORMED, name);
                }
            }
        }
        var tenant = directory.find(name).orElseThrow(() -> new Refused(SignInError.TENANT_NOT_FOUND, name));
        if (tenant.isSuspended()) {
            throw new Refused(SignInError.TENANT_GONE);
        }
        var elsewhere = tenant.nationalCloud();
        if (elsewhere.isPresent()) {
            throw new Refused(SignInError.TENANT_IN_NATIONAL_CLOUD, name, elsewhere.get());
        }
        return tenant;
    }

    private static boolean isGuidOrDomain(String name) {
        return name.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                || name.matches("(?i)([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}");
    }

    private static Parameters form(Request request) throws Refused {
        var type = request.headers().first("Content-Type").orElse("");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            throw new Refused(SignInError.PARAMETER_MISSING, "grant_type");
        }
        try {
            return Parameters.parse(request.body());
        } catch (IllegalArgumentException exception) {
            throw new Refused(SignInError.MALFORMED_REQUEST);
        }
    }

    private static String required(Parameters form, String name) throws Refused {
        return form.filled(name).orElseThrow(() -> new Refused(SignInError.PARAMETER_MISSING, name));
    }

    /** Name and password of {@code Authorization: Basic}. */
    private record Basic(String name, String password) {}

    private static Optional<Basic> basic(Request request) throws Refused {
        var header =
                request.headers().first("Authorization").filter(value -> value.regionMatches(true, 0, "Basic ", 0, 6));
        if (header.isEmpty()) {
            return Optional.empty();
        }
        try {
            var text = new String(
                    Base64.getDecoder().decode(header.get().substring(6).strip()), StandardCharsets.UTF_8);
            var colon = text.indexOf(':');
            if (colon < 0) {
                throw new Refused(SignInError.MALFORMED_REQUEST);
            }
            // Both parts are form-encoded first (RFC 6749, section 2.3.1).
            return Optional.of(new Basic(
                    URLDecoder.decode(text.substring(0, colon), StandardCharsets.UTF_8),
                    URLDecoder.decode(text.substring(colon + 1), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException exception) {
            throw new Refused(SignInError.MALFORMED_REQUEST);
        }
    }

    private static Credential credential(Parameters form, Optional<Basic> basic) throws Refused {
        if (basic.isPresent()) {
            return new Credential.Secret(basic.get().password());
        }
        var assertion = form.filled("client_assertion");
        if (assertion.isPresent()) {
            if (!required(form, "client_assertion_type").equals(ASSERTION_TYPE)) {
                throw new Refused(SignInError.MALFORMED_REQUEST);
            }
            return new Credential.Assertion(assertion.get());
        }
        return form.filled("client_secret")
                .<Credential>map(Credential.Secret::new)
                .orElseGet(Credential.None::new);
    }

    private static Tokens.Proof prove(
            Application application, TenantDirectory tenant, Credential credential, Request request, Instant now)
            throws Refused {
        if (application.isPublicClient() && !(credential instanceof Credential.None)) {
            throw new Refused(SignInError.CREDENTIAL_FROM_PUBLIC_CLIENT);
        }
        return switch (credential) {
            case Credential.None() -> throw new Refused(SignInError.CREDENTIAL_MISSING);
            case Credential.Secret(var value) -> {
                proveSecret(application, value, now);
                yield Tokens.Proof.SECRET;
            }
            case Credential.Assertion(var jwt) -> {
                ClientAssertion.parse(jwt).prove(application, tenant, request.base(), now);
                yield Tokens.Proof.CERTIFICATE;
            }
        };
    }

    private static void proveSecret(Application application, String value, Instant now) throws Refused {
        List<ApplicationSecret> matching = application.secrets().stream()
                .filter(secret -> secret.value().equals(value))
                .toList();
        if (matching.isEmpty()) {
            throw new Refused(SignInError.SECRET_WRONG, application.id());
        }
        if (matching.stream().noneMatch(secret -> now.isBefore(secret.expiresAt()))) {
            throw new Refused(SignInError.SECRET_EXPIRED, application.id());
        }
    }
}
