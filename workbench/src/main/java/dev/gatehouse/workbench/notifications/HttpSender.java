package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.notifications.Receipt.Refused;
import dev.gatehouse.workbench.notifications.Receipt.RefusedForGood;
import dev.gatehouse.workbench.notifications.Receipt.Taken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Sends requests to receivers, no further than {@link NetworkGuard} allows. It follows no redirect and waits no longer than it has to. */
@Component
class HttpSender implements DisposableBean {

    /** As many as one receiver gets at once from everybody, tests included. */
    private static final int CONNECTIONS_PER_RECEIVER = 8;

    private static final int MOST_CONNECTIONS = 128;

    private static final TimeValue OLDEST_CONNECTION = TimeValue.ofMinutes(1);

    /** Of an answer that says why something was refused, in bytes. */
    private static final int READ = 4_096;

    private static final int SHOWN = 300;

    private static final int DO_NOT_TRY_AGAIN = 406;

    private final NetworkGuard guard;
    private final Duration total;
    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor deadlines;

    /**
     * How long it waits.
     *
     * @param connect for a connection
     * @param read for the next bytes of an answer
     * @param total for everything together
     */
    record Patience(Duration connect, Duration read, Duration total) {

        static final Patience USUAL =
                new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    @Autowired
    HttpSender(NetworkGuard guard, TrustedAuthorities trusted) {
        this(guard, trusted, Patience.USUAL);
    }

    /** With a patience of one's own. */
    HttpSender(NetworkGuard guard, TrustedAuthorities trusted, Patience patience) {
        this.guard = guard;
        this.total = patience.total();
        var proxies = ConcurrentHashMap.<String>newKeySet();
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Guarded(guard, proxies))
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(trusted.tls()))
                        .setMaxConnPerRoute(CONNECTIONS_PER_RECEIVER)
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(patience.connect()))
                                .setSocketTimeout(Timeout.of(patience.read()))
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                .setTimeToLive(OLDEST_CONNECTION)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(patience.total()))
                        .setResponseTimeout(Timeout.of(patience.read()))
                        .build())
                .setRoutePlanner(new GuardedRoutes(proxies))
                .setUserAgent("Gatehouse")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .evictExpiredConnections()
                .build();
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("notification-deadlines").daemon().factory());
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /** Gives a connection only addresses that it may be made to. */
    private record Guarded(NetworkGuard guard, Set<String> proxies) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return proxies.contains(host) ? InetAddress.getAllByName(host) : guard.resolve(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /**
     * Proxies come from the Java platform's settings: -Dhttps.proxyHost and its neighbours. A proxy looks names up by itself, so what
     * a name means here is looked at before.
     */
    private final class GuardedRoutes extends SystemDefaultRoutePlanner {

        private final Set<String> proxies;

        GuardedRoutes(Set<String> proxies) {
            super(ProxySelector.getDefault());
            this.proxies = proxies;
        }

        @Override
        protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) throws HttpException {
            var proxy = super.determineProxy(target, context);
            if (proxy != null) {
                requireOutside(target.getHostName());
                proxies.add(proxy.getHostName());
            }
            return proxy;
        }
    }

    private void requireOutside(String host) throws HttpException {
        try {
            guard.resolve(host);
        } catch (NetworkGuard.Forbidden e) {
            throw new HttpException(e.getMessage(), e);
        } catch (UnknownHostException e) {
            // Only the proxy may know it.
        }
    }

    /**
     * Sends a request once.
     *
     * @throws InterruptedException when the calling thread was asked to stop
     */
    Receipt send(Outgoing outgoing) throws InterruptedException {
        var wire = new HttpPost(outgoing.uri());
        outgoing.headers().forEach(wire::setHeader);
        wire.setEntity(new ByteArrayEntity(outgoing.body(), ContentType.APPLICATION_JSON));
        var isOverdue = new AtomicBoolean();
        var deadline = deadlines.schedule(
                () -> {
                    isOverdue.set(true);
                    wire.cancel();
                },
                total.toMillis(),
                TimeUnit.MILLISECONDS);
        var host = outgoing.uri().getHost();
        try (var response = client.executeOpen(RoutingSupport.determineHost(wire), wire, null)) {
            try {
                return receipt(outgoing, response);
            } finally {
                // Nobody wants the rest of what a receiver says.
                wire.cancel();
            }
        } catch (IOException | HttpException | CancellationException e) {
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException("Stopped while waiting for " + host).initCause(e);
            }
            return isOverdue.get()
                    ? new Refused(OptionalInt.empty(), tooSlow(host))
                    : new Refused(OptionalInt.empty(), cause(host, e));
        } finally {
            deadline.cancel(false);
        }
    }

    private String tooSlow(String host) {
        return "%s did not answer within %d seconds. It should take a notification first and work on it later."
                .formatted(host, Math.max(1, total.toSeconds()));
    }

    private String cause(String host, Exception thrown) {
        return switch (thrown) {
            case NetworkGuard.Forbidden e -> sentence(e);
            case UnknownHostException e ->
                "There is no address for %s. Look for a spelling mistake in the URL.".formatted(host);
            case SocketTimeoutException e -> tooSlow(host);
            case ConnectException e ->
                "Nobody answers at %s. Is the receiver running, and is the port right?".formatted(host);
            case SSLException e ->
                "TLS with %s failed: %s. Its certificate has to be valid for this name and made by an authority that Gatehouse trusts, see gatehouse.notifications.ca-certificate."
                        .formatted(host, e.getMessage());
            default ->
                thrown.getCause() instanceof NetworkGuard.Forbidden forbidden
                        ? sentence(forbidden)
                        : "The connection with %s broke: %s.".formatted(host, thrown.getMessage());
        };
    }

    private static String sentence(Exception thrown) {
        return String.valueOf(thrown.getMessage());
    }

    private static Receipt receipt(Outgoing outgoing, ClassicHttpResponse response) throws IOException {
        var status = response.getCode();
        var known = OptionalInt.of(status);
        if (status >= 200 && status < 300) {
            return new Taken(known);
        }
        var said = said(outgoing, response);
        if (status == DO_NOT_TRY_AGAIN) {
            return new RefusedForGood(
                    known, "The receiver answered 406, which asks not to be tried again.%s".formatted(said));
        }
        var cause =
                switch (status) {
                    case 400, 422 -> "The receiver answered %d: it does not understand the notification.%s";
                    case 401, 403 -> "The receiver answered %d: it does not accept the credentials.%s";
                    case 404, 410 -> "The receiver answered %d: there is nothing at this address.%s";
                    case 429 -> "The receiver answered %d: it gets too many notifications at once.%s";
                    default ->
                        status >= 300 && status < 400
                                ? "The receiver answered %d, a redirect. Redirects are not followed: enter the address that it leads to.%s"
                                : "The receiver answered %d.%s";
                };
        return new Refused(known, cause.formatted(status, said));
    }

    /** What the receiver said, without what it must not know of itself. */
    private static String said(Outgoing outgoing, ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        if (entity == null) {
            return "";
        }
        var text = new String(entity.getContent().readNBytes(READ), StandardCharsets.UTF_8);
        for (var secret : outgoing.secrets()) {
            text = text.replace(secret, "••••••");
        }
        var plain = text.replaceAll("[\\p{Cntrl}\\s\\uFFFD]+", " ").strip();
        return plain.isEmpty()
                ? ""
                : " It said: %s".formatted(plain.length() > SHOWN ? plain.substring(0, SHOWN) + "…" : plain);
    }

    @Override
    public void destroy() {
        deadlines.shutdownNow();
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The connections to receivers could not be closed", e);
        }
    }
}
