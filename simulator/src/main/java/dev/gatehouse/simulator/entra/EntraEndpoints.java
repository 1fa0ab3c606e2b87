package dev.gatehouse.simulator.entra;

import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Handler;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Request;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Everything under the sign-in host: the token endpoint, and what libraries read before they use it. */
public final class EntraEndpoints implements Handler {

    private static final String[] MICROSOFTS_HOSTS = {
        "login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"
    };

    private final Directory directory;
    private final Tokens tokens;
    private final TokenEndpoint tokenEndpoint;
    private final InstantSource clock;

    public EntraEndpoints(Directory directory, Tokens tokens, Resources resources, InstantSource clock) {
        this.directory = directory;
        this.tokens = tokens;
        this.tokenEndpoint = new TokenEndpoint(directory, tokens, resources, clock);
        this.clock = clock;
    }

    @Override
    public Answer answer(Request request) {
        var path = request.segments();
        if (path.size() < 2) {
            return notFound();
        }
        var tenant = path.getFirst();
        return switch (String.join("/", path.subList(1, path.size()))) {
            case "oauth2/v2.0/token" -> tokenEndpoint.answer(request, tenant);
            case "v2.0/.well-known/openid-configuration" -> openIdConfiguration(request, tenant);
            case "discovery/v2.0/keys" -> Answer.json(200, tokens.keys(request.base() + "/" + tenant + "/v2.0"));
            case "discovery/instance" -> instances(request);
            default -> notFound();
        };
    }

    private static Answer notFound() {
        return Answer.text(
                404,
                "text/html; charset=utf-8",
                "<html><body><h1>404 - File or directory not found.</h1></body></html>");
    }

    private Answer openIdConfiguration(Request request, String tenantName) {
        var isShared = List.of("common", "organizations", "consumers").contains(tenantName);
        try {
            var issuerTenant = isShared
                    ? "{tenantid}"
                    : TokenEndpoint.tenant(directory, tenantName, "").id().toString();
            return Answer.json(200, openIdConfiguration(request.base(), tenantName, issuerTenant));
        } catch (Refused refused) {
            return SignInErrorAnswer.to(request, refused.error(), refused.description(), clock.instant());
        }
    }

    private static ObjectNode openIdConfiguration(URI base, String tenant, String issuerTenant) {
        var tenantBase = base + "/" + tenant;
        var configuration = Json.object()
                .put("token_endpoint", tenantBase + "/oauth2/v2.0/token")
                .put("jwks_uri", tenantBase + "/discovery/v2.0/keys")
                .put("issuer", base + "/" + issuerTenant + "/v2.0")
                .put("authorization_endpoint", tenantBase + "/oauth2/v2.0/authorize")
                .put("device_authorization_endpoint", tenantBase + "/oauth2/v2.0/devicecode")
                .put("end_session_endpoint", tenantBase + "/oauth2/v2.0/logout")
                .put("cloud_instance_name", base.getAuthority())
                .put("tenant_region_scope", "EU");
        strings(
                configuration,
                "token_endpoint_auth_methods_supported",
                "client_secret_post",
                "private_key_jwt",
                "client_secret_basic");
        strings(configuration, "response_modes_supported", "query", "fragment", "form_post");
        strings(configuration, "subject_types_supported", "pairwise");
        strings(configuration, "id_token_signing_alg_values_supported", "RS256");
        strings(configuration, "response_types_supported", "code", "id_token", "code id_token", "id_token token");
        strings(configuration, "scopes_supported", "openid", "profile", "email", "offline_access");
        return configuration;
    }

    private static void strings(ObjectNode node, String name, String... values) {
        var list = node.putArray(name);
        Stream.of(values).forEach(list::add);
    }

    /**
     * Which hosts belong together. Libraries ask this before they trust an authority that they do not know. Our own host
     * is not among them: msal4j cannot bear a port in such an entry, and makes its own for hosts that have none.
     */
    private static Answer instances(Request request) {
        var tenant = request.query()
                .first("authorization_endpoint")
                .map(endpoint -> endpoint.replaceFirst("^https?://[^/]+/([^/]+)/.*$", "$1"))
                .orElse("common");
        var body = Json.object()
                .put(
                        "tenant_discovery_endpoint",
                        "%s/%s/v2.0/.well-known/openid-configuration".formatted(request.base(), tenant))
                .put("api-version", "1.1");
        var instance = body.putArray("metadata").addObject();
        instance.put("preferred_network", "login.microsoftonline.com").put("preferred_cache", "login.windows.net");
        strings(instance, "aliases", MICROSOFTS_HOSTS);
        return Answer.json(200, body);
    }
}
