package dev.gatehouse.intake.http;

import dev.gatehouse.model.Cloud;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests, over one pool of connections per cloud. Safe for use by many threads; a virtual thread per feed is what
 * it is made for. Whether a request is repeated is the caller's business.
 */
public final class CloudHttp implements AutoCloseable {

    /** Microsoft's front ends close idle connections after some minutes; a closed one would cost a failed request. */
    private static final TimeValue IDLE_LIMIT = TimeValue.ofSeconds(50);

    private static final TimeValue OLDEST_CONNECTION = TimeValue.ofMinutes(10);

    /** Set in a request's context once its connection stands, TLS included. */
    private static final String CONNECTED = "gatehouse.connected";

    private final HttpSettings settings;
    private final InstantSource clock;
    private final Map<Cloud, CloseableHttpClient> clients = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor deadlines;

    public CloudHttp(HttpSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("http-deadlines").daemon().factory());
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @param cloud decides whom to trust; the address stands in the request
     * @throws InterruptedException when the calling thread was asked to stop
     * @throws IllegalArgumentException when the cloud's certificates cannot be read
     */
    public HttpOutcome send(Cloud cloud, Request request) throws InterruptedException {
        var client = clients.computeIfAbsent(cloud, this::newClient);
        var wire = new HttpUriRequestBase(request.method(), request.uri());
        request.headers().forEach(wire::setHeader);
        if (request.body().isPresent()) {
            wire.setEntity(new ByteArrayEntity(request.bodyBytes(), null));
        }
        var isOverdue = new AtomicBoolean();
        var deadline = deadlines.schedule(
                () -> {
                    isOverdue.set(true);
                    wire.cancel();
                },
                settings.totalTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
        var started = System.nanoTime();
        var context = HttpClientContext.create();
        try {
            return new HttpOutcome.Answered(exchange(client, wire, context, started));
        } catch (IOException | HttpException | CancellationException e) {
            // The latter is how the wait for a free connection ends when the request is cancelled.
            if (Thread.interrupted()) {
                throw (InterruptedException)
                        new InterruptedException("Stopped while waiting for Microsoft").initCause(e);
            }
            var breakage = isOverdue.get() ? Breakage.TIMED_OUT : breakageOf(e, isConnected(context));
            return new HttpOutcome.Broken(breakage, request.uri().getHost(), since(started), clock.instant());
        } finally {
            deadline.cancel(false);
        }
    }

    private Answer exchange(
            CloseableHttpClient client, HttpUriRequestBase wire, HttpClientContext context, long started)
            throws IOException, HttpException {
        var target = RoutingSupport.determineHost(wire);
        try (var response = client.executeOpen(target, wire, context)) {
            try {
                var body = bodyOf(response);
                return new Answer(response.getCode(), headersOf(response), body, since(started), clock.instant());
            } catch (IOException e) {
                // Otherwise closing would read the rest of a body that nobody wants, to keep the connection.
                wire.cancel();
                throw e;
            }
        }
    }

    private byte[] bodyOf(ClassicHttpResponse response) throws IOException {
        var entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        try (var content = entity.getContent()) {
            return content == null ? new byte[0] : readAtMost(settings.mostBodyBytes(), content);
        }
    }

    private static byte[] readAtMost(int most, InputStream content) throws IOException {
        var bytes = new ByteArrayOutputStream(16 * 1024);
        var buffer = new byte[16 * 1024];
        for (var count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            if (bytes.size() + (long) count > most) {
                throw new TooBigException(most);
            }
            bytes.write(buffer, 0, count);
        }
        return bytes.toByteArray();
    }

    private static Headers headersOf(ClassicHttpResponse response) {
        var values = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (var header : response.getHeaders()) {
            values.computeIfAbsent(header.getName(), name -> new ArrayList<>())
                    .add(header.getValue() == null ? "" : header.getValue());
        }
        return new Headers(values);
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private static boolean isConnected(HttpClientContext context) {
        return Boolean.TRUE.equals(context.getAttribute(CONNECTED));
    }

    /**
     * What an exception of the HTTP client means. The order matters: several are special cases of later ones. Once the
     * connection stands, its end is the end of an answer, whoever ends it and however: a gateway that cannot carry an
     * answer closes, resets, or breaks TLS.
     */
    private static Breakage breakageOf(Exception thrown, boolean isConnected) {
        return switch (thrown) {
            case TooBigException e -> Breakage.TOO_BIG;
            case UnknownHostException e -> Breakage.UNKNOWN_HOST;
            case ConnectionRequestTimeoutException e -> Breakage.NO_CONNECTION_FREE;
            case SocketTimeoutException e -> Breakage.TIMED_OUT;
            case ConnectException e -> Breakage.REFUSED;
            case SSLPeerUnverifiedException e -> Breakage.UNTRUSTED;
            case SSLException e -> {
                if (isAboutTrust(e)) {
                    yield Breakage.UNTRUSTED;
                }
                yield isConnected ? Breakage.BROKEN_OFF : Breakage.TLS_FAILED;
            }
            case ConnectionClosedException e -> Breakage.BROKEN_OFF;
            case NoHttpResponseException e -> Breakage.BROKEN_OFF;
            case TruncatedChunkException e -> Breakage.BROKEN_OFF;
            case EOFException e -> Breakage.BROKEN_OFF;
            case MalformedChunkCodingException e -> Breakage.GARBLED;
            case ZipException e -> Breakage.GARBLED;
            case HttpException e -> Breakage.GARBLED;
            default -> {
                if (thrown.getCause() instanceof HttpException) {
                    yield Breakage.GARBLED;
                }
                yield isConnected ? Breakage.BROKEN_OFF : Breakage.UNREACHABLE;
            }
        };
    }

    private static boolean isAboutTrust(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof CertPathValidatorException) {
                return true;
            }
        }
        return false;
    }

    private CloseableHttpClient newClient(Cloud cloud) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(TrustedCertificates.of(cloud)))
                .setMaxConnPerRoute(settings.connectionsPerHost())
                .setMaxConnTotal(2 * settings.connectionsPerHost()) // a cloud has two hosts
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setSocketTimeout(Timeout.of(settings.readTimeout()))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(OLDEST_CONNECTION)
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(settings.readTimeout()))
                        .setResponseTimeout(Timeout.of(settings.readTimeout()))
                        .build())
                // Proxies come from the Java platform's settings: -Dhttps.proxyHost and its neighbours.
                .setRoutePlanner(new SystemDefaultRoutePlanner(ProxySelector.getDefault()))
                .setUserAgent("Gatehouse")
                .addExecInterceptorAfter(ChainElement.CONNECT.name(), CONNECTED, (request, scope, chain) -> {
                    scope.clientContext.setAttribute(CONNECTED, true);
                    return chain.proceed(request, scope);
                })
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .evictExpiredConnections()
                .evictIdleConnections(IDLE_LIMIT)
                .build();
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        for (var client : clients.values()) {
            try {
                client.close();
            } catch (IOException e) {
                throw new UncheckedIOException("The connections to Microsoft could not be closed", e);
            }
        }
    }

    private static final class TooBigException extends IOException {

        TooBigException(int most) {
            super("The body has more than %d bytes".formatted(most));
        }
    }
}
