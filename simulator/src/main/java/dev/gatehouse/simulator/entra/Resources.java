package dev.gatehouse.simulator.entra;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What tokens can be for. Microsoft Graph goes by the names of all its clouds and by the simulator's own Graph addresses,
 * since a client derives the scope from the Graph address that it was configured with.
 */
public final class Resources {

    /** The application id under which Graph is known in every tenant. */
    public static final String GRAPH_APPLICATION_ID = "00000003-0000-0000-c000-000000000000";

    private static final List<String> GRAPH = List.of(
            "https://graph.microsoft.com",
            "https://graph.microsoft.us",
            "https://dod-graph.microsoft.us",
            GRAPH_APPLICATION_ID);
    private static final List<String> OTHERS =
            List.of("https://management.azure.com", "https://vault.azure.net", "https://api.security.microsoft.com");

    /** Sent along by msal4j with every request, and of no meaning without a user. */
    private static final Set<String> OPEN_ID = Set.of("openid", "profile", "offline_access");

    private final List<String> ownGraph;

    public Resources(List<URI> graphBases) {
        this.ownGraph = graphBases.stream().map(URI::toString).toList();
    }

    /** Whether a token for that audience is for Graph. */
    public boolean isGraph(String audience) {
        return Stream.concat(GRAPH.stream(), ownGraph.stream()).anyMatch(audience::equals);
    }

    /** The resource that a {@code scope} names, e.g. {@code https://graph.microsoft.com}. */
    String ofScope(String scope) throws Refused {
        var scopes = Arrays.stream(scope.strip().split("\\s+", -1))
                .filter(one -> !OPEN_ID.contains(one))
                .toList();
        if (scopes.isEmpty()) {
            throw new Refused(SignInError.SCOPE_WITHOUT_DEFAULT, scope);
        }
        for (String one : scopes) {
            if (!one.endsWith("/.default")) {
                throw new Refused(SignInError.SCOPE_WITHOUT_DEFAULT, one);
            }
        }
        var resources =
                scopes.stream().map(Resources::withoutDefault).distinct().toList();
        if (resources.size() > 1) {
            throw new Refused(SignInError.SCOPE_OF_TWO_RESOURCES, scope);
        }
        return known(resources.getFirst()).orElseThrow(() -> new Refused(SignInError.SCOPE_INVALID, scope));
    }

    private Optional<String> known(String resource) {
        return isGraph(resource) || OTHERS.contains(resource) ? Optional.of(resource) : Optional.empty();
    }

    private static String withoutDefault(String scope) {
        var resource = scope.substring(0, scope.length() - "/.default".length());
        return resource.endsWith("/") ? resource.substring(0, resource.length() - 1) : resource;
    }
}
