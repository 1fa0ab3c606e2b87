package dev.gatehouse.model;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One of Microsoft's clouds: where to sign in and where Graph answers. Tokens and app registrations do not cross clouds.
 *
 * @param name how configuration and the command line call it, e.g. {@code global}
 * @param authority base of the sign-in addresses, without a path
 * @param graph base of the Graph addresses, without a path and without the version
 * @param trustedCertificates PEM text of the only authorities to trust for this cloud; empty for the platform's own
 * @see <a href="https://learn.microsoft.com/graph/deployments">Microsoft Graph: national cloud deployments</a>
 */
public record Cloud(String name, URI authority, URI graph, Optional<String> trustedCertificates) {

    public static final Cloud GLOBAL =
            builtIn("global", "https://login.microsoftonline.com", "https://graph.microsoft.com");
    public static final Cloud GCC_HIGH =
            builtIn("gcc-high", "https://login.microsoftonline.us", "https://graph.microsoft.us");
    public static final Cloud DOD =
            builtIn("dod", "https://login.microsoftonline.us", "https://dod-graph.microsoft.us");

    /** The clouds that every Gatehouse knows. China is absent: it offers none of the endpoints that we read. */
    public static final List<Cloud> BUILT_IN = List.of(GLOBAL, GCC_HIGH, DOD);

    public Cloud {
        name = name.strip().toLowerCase(Locale.ROOT);
        if (!name.matches("[a-z0-9][a-z0-9-]*")) {
            throw new IllegalArgumentException(
                    "A cloud's name takes small letters, digits and hyphens, but was '%s'".formatted(name));
        }
        authority = base(authority, name, "authority");
        graph = base(graph, name, "graph");
    }

    private static Cloud builtIn(String name, String authority, String graph) {
        return new Cloud(name, URI.create(authority), URI.create(graph), Optional.empty());
    }

    private static URI base(URI uri, String cloud, String field) {
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "Cloud %s: %s must look like https://host or https://host:port, but was %s"
                            .formatted(cloud, field, uri));
        }
        var isPlainOnLoopback = "http".equalsIgnoreCase(uri.getScheme()) && isLoopback(uri.getHost());
        if (!"https".equalsIgnoreCase(uri.getScheme()) && !isPlainOnLoopback) {
            throw new IllegalArgumentException(
                    "Cloud %s: %s must use https; plain http is allowed on loopback only, but was %s"
                            .formatted(cloud, field, uri));
        }
        var text = uri.toString();
        return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    /** Whether an address belongs to this cloud's Graph: same scheme, host and port. Only such an address gets a token. */
    public boolean isGraphAddress(URI uri) {
        return uri.getHost() != null
                && uri.getHost().equalsIgnoreCase(graph.getHost())
                && graph.getScheme().equalsIgnoreCase(uri.getScheme())
                && port(uri) == port(graph);
    }

    private static int port(URI uri) {
        if (uri.getPort() != -1) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    @Override
    public String toString() {
        return name;
    }
}
