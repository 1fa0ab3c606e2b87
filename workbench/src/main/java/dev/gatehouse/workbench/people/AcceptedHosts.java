package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The hosts that this Workbench goes by: that of the public URL, loopback, the address it is bound to, and the address that
 * a connection came to. Anybody can let a name of theirs lead here, and have a visitor's browser ask in that name; a request
 * in any other name is therefore refused, and nothing is ever built from the name that it gives.
 */
final class AcceptedHosts {

    private final Optional<URI> publicAddress;
    private final String bound;

    AcceptedHosts(Settings.Server server) {
        publicAddress = server.publicAddress();
        bound = server.address().strip().toLowerCase(Locale.ROOT);
    }

    boolean accept(HttpServletRequest request) {
        var host = bare(request.getServerName());
        return publicAddress.filter(url -> bare(url.getHost()).equals(host)).isPresent()
                || host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals(bound)
                || isLoopback(host)
                || isWhereItCameTo(host, request)
                // A health check of the oldest kind gives no name; the web server then puts its own.
                || (request.getHeader("Host") == null && host.equals(bare(request.getLocalName())));
    }

    /** What to tell whoever is refused. */
    String cure() {
        return publicAddress
                .map(url ->
                        "This Workbench does not go by the host name of this request. Open %s instead.".formatted(url))
                .orElse("This Workbench does not go by the host name of this request. Open it by its IP address, or set"
                        + " gatehouse.server.public-url to the address that people open.");
    }

    private static boolean isLoopback(String host) {
        return TrustedProxies.canonical(host)
                .map(InetAddress::ofLiteral)
                .filter(InetAddress::isLoopbackAddress)
                .isPresent();
    }

    private static boolean isWhereItCameTo(String host, HttpServletRequest request) {
        var given = TrustedProxies.canonical(host);
        return given.isPresent() && given.equals(TrustedProxies.canonical(request.getLocalAddr()));
    }

    /** {@code ::1} of {@code [::1]}; all in lower case. */
    private static String bare(String host) {
        var name = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return name.toLowerCase(Locale.ROOT);
    }
}
