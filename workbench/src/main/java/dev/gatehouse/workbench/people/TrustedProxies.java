package dev.gatehouse.workbench.people;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Finds out who asks, behind proxies. Each proxy adds the address that it was asked from to the right of a list:
 *
 * <pre>
 * X-Forwarded-For: 198.51.100.9, 10.0.0.7
 * Forwarded: for=198.51.100.9;proto=https, for="[2001:db8::7]:4711"
 * </pre>
 *
 * <p>Whatever stands to the left of what a trusted proxy has written may be made up. So the list is read from the right,
 * and the first address that is no trusted proxy's is the client's. Tomcat's {@code RemoteIpValve} does the same, but knows
 * neither ports nor {@code Forwarded}, and looks up names.
 */
final class TrustedProxies {

    private final List<IpAddressMatcher> networks;

    /** With addresses and networks such as {@code 10.0.0.0/8}. */
    TrustedProxies(List<String> networks) {
        this.networks = networks.stream().map(IpAddressMatcher::new).toList();
    }

    /**
     * The client's address. A proxy that writes one of the two headers may pass the other on as a client made it up: where
     * they disagree, neither is believed, and the proxy itself counts as the client.
     */
    String clientOf(HttpServletRequest request) {
        var peer = canonical(request.getRemoteAddr()).orElse(request.getRemoteAddr());
        var oneWay = entries(request, "X-Forwarded-For");
        var otherWay = entries(request, "Forwarded").stream()
                .map(TrustedProxies::forwardedFor)
                .toList();
        if (otherWay.isEmpty()) {
            return client(peer, oneWay);
        }
        var client = client(peer, otherWay);
        return oneWay.isEmpty() || client(peer, oneWay).equals(client) ? client : peer;
    }

    private String client(String peer, List<String> entries) {
        var client = peer;
        for (var entry : entries.reversed()) {
            var before = canonical(withoutPort(entry));
            if (!isTrusted(client) || before.isEmpty()) {
                break;
            }
            client = before.get();
        }
        return client;
    }

    private boolean isTrusted(String address) {
        return canonical(address).isPresent() && networks.stream().anyMatch(network -> network.matches(address));
    }

    private static List<String> entries(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header)).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    /** What stands behind {@code for=}; empty when nothing does. */
    private static String forwardedFor(String entry) {
        return Arrays.stream(entry.split(";", -1))
                .map(String::strip)
                .filter(pair -> pair.toLowerCase(Locale.ROOT).startsWith("for="))
                .map(pair -> pair.substring("for=".length()).replace("\"", ""))
                .findFirst()
                .orElse("");
    }

    /** {@code 192.0.2.1} of {@code 192.0.2.1:4711}, {@code ::1} of {@code [::1]:4711}. */
    private static String withoutPort(String entry) {
        if (entry.startsWith("[") && entry.contains("]")) {
            return entry.substring(1, entry.indexOf(']'));
        }
        var colon = entry.indexOf(':');
        return colon >= 0 && colon == entry.lastIndexOf(':') ? entry.substring(0, colon) : entry;
    }

    /** One way to write each address; empty for what is none. Never looks up a name. */
    static Optional<String> canonical(String text) {
        try {
            // The interface behind a link-local address says nothing of who it is.
            return Optional.of(
                    InetAddress.ofLiteral(text.replaceFirst("%.*", "")).getHostAddress());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
