package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.settings.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before everything else. Refuses requests in a name that is not ours, and gives all others the address that people
 * open and the address of whoever asks, in place of what stands in their headers. Scheme and secure cookies, HSTS,
 * redirects and the counting of wrong passwords all follow from that.
 *
 * <p>Without a public URL there is no proxy, and nobody's word for another's address is taken.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class FrontDoorFilter extends OncePerRequestFilter {

    private final Optional<URI> publicAddress;
    private final AcceptedHosts hosts;
    private final TrustedProxies proxies;
    // Asked for late, because the web server makes its filters first.
    private final ObjectProvider<Refusals> refusals;

    FrontDoorFilter(Settings settings, ObjectProvider<Refusals> refusals) {
        var server = settings.server();
        publicAddress = server.publicAddress();
        hosts = new AcceptedHosts(server);
        proxies = new TrustedProxies(server.trustedProxies());
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var seen = publicAddress
                .<HttpServletRequest>map(url -> new ThroughProxy(request, url, proxies.clientOf(request)))
                .orElse(request);
        if (hosts.accept(request)) {
            chain.doFilter(seen, response);
        } else {
            refusals.getObject().misdirected(seen, response, hosts.cure());
        }
    }

    /** A request as the browser has sent it to the proxy. */
    private static final class ThroughProxy extends HttpServletRequestWrapper {

        private final URI url;
        private final String client;

        ThroughProxy(HttpServletRequest request, URI url, String client) {
            super(request);
            this.url = url;
            this.client = client;
        }

        @Override
        public String getRemoteAddr() {
            return client;
        }

        @Override
        public String getRemoteHost() {
            return client;
        }

        @Override
        public String getScheme() {
            return url.getScheme();
        }

        @Override
        public boolean isSecure() {
            return url.getScheme().equals("https");
        }

        @Override
        public String getServerName() {
            return url.getHost();
        }

        @Override
        public int getServerPort() {
            if (url.getPort() > 0) {
                return url.getPort();
            }
            return isSecure() ? 443 : 80;
        }

        @Override
        @SuppressWarnings("JdkObsolete") // The interface is that old.
        public StringBuffer getRequestURL() {
            return new StringBuffer(url.toString()).append(getRequestURI());
        }
    }
}
