package dev.gatehouse.intake.http;

import dev.gatehouse.model.Cloud;
import java.io.EOFException;
import java.io.IOException;
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
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
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
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http.config.Http1Config;
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

    /** Entra's tokens have some kilobytes. */
    private static final int SHORT = 1024 * 1024;

    /** Microsoft sends some twenty headers, with some hundred characters each. */
    private static final Http1Config HEADERS = Http1Config.custom()
            .setMaxHeaderCount(200)
            .setMaxLineLength(64 * 1024)
            .build();

    private final HttpSettings settings;
    private final PageMemory memory;
    private final InstantSource clock;
    private final Map<Cloud, CloseableHttpClient> clients = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor deadlines;

    /** Shares a quarter of the heap among its answers. */
    public CloudHttp(HttpSettings settings, InstantSource clock) {
        this(settings, PageMemory.ofHeap(), clock);
    }

    /**
     * Without any connection yet.
     *
     * @param memory what all its answers together may take
     */
    public CloudHttp(HttpSettings settings, PageMemory memory, InstantSource clock) {
        this.settings = settings;
        this.memory = memory;
        this.clock = clock;
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("http-deadlines").daemon().factory());
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /** What all its answers share. */
    public PageMemory memory() {
        return memory;
    }

    /**
     * Sends a request and reads an answer that is short by its nature, such as a token.
     *
     * @param cloud decides whom to trust; the address stands in the request
     * @throws InterruptedException when the calling thread was asked to stop
     * @throws IllegalArgumentException when the cloud's certificates cannot be read
     */
    public HttpOutcome send(Cloud cloud, Request request) throws InterruptedException {
        return send(cloud, request, SHORT);
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @param most how many bytes the answer may have, if that is less than the settings allow
     * @throws InterruptedException when the calling thread was asked to stop
     * @throws IllegalArgumentException when the cloud's certificates cannot be read
     */
    public HttpOutcome send(Cloud cloud, Request request, int most) throws InterruptedException {
        try (var room = memory.open()) {
            return send(cloud, request, new WholeBody(room, Math.min(most, settings.mostBodyBytes())));
        }
    }

    /**
     * Sends a request and hands on the body of a good answer, status 200 or 206, as it comes. What it takes of the memory stays in
     * the room until the room is closed, whatever comes of it.
     *
     * @param room counts the body; the caller's
     * @param taker gets the body; what it throws breaks the answer off
     * @throws InterruptedException when the calling thread was asked to stop
     * @throws IllegalArgumentException when the cloud's certificates cannot be read
     */
    public HttpOutcome send(Cloud cloud, Request request, PageMemory.Room room, BodyTaker taker)
            throws InterruptedException {
        return send(cloud, request, new TakenBody(room, taker, settings.mostBodyBytes()));
    }

    private HttpOutcome send(Cloud cloud, Request request, Reception reception) throws InterruptedException {
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
            return new HttpOutcome.Answered(exchange(client, wire, context, reception, started));
        } catch (IOException | HttpException | CancellationException e) {
            // The latter is how the wait for a free connection ends when the request is cancelled.
            if (Thread.interrupted()) {
                throw (InterruptedException)
                        new InterruptedException("Stopped while waiting for Microsoft").initCause(e);
            }
            var breakage = breakageOf(e, isConnected(context));
            var isForWantOfMemory = breakage == Breakage.NO_ROOM || breakage == Breakage.TOO_BIG;
            return new HttpOutcome.Broken(
                    isOverdue.get() && !isForWantOfMemory ? Breakage.TIMED_OUT : breakage,
                    request.uri().getHost(),
                    since(started),
                    clock.instant());
        } finally {
            deadline.cancel(false);
        }
    }

    private Answer exchange(
            CloseableHttpClient client,
            HttpUriRequestBase wire,
            HttpClientContext context,
            Reception reception,
            long started)
            throws IOException, HttpException {
        var target = RoutingSupport.determineHost(wire);
        try (var response = client.executeOpen(target, wire, context)) {
            var isWhole = false;
            try {
                var body = reception.of(response);
                isWhole = body.isWhole();
                return new Answer(
                        response.getCode(),
                        headersOf(response),
                        body.beginning(),
                        body.length(),
                        since(started),
                        clock.instant());
            } finally {
                if (!isWhole) {
                    // Otherwise closing would read the rest of a body that nobody wants, to keep the connection.
                    wire.cancel();
                }
            }
        }
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
            case TooBig e -> Breakage.TOO_BIG;
            case PageMemory.NoRoom e -> e.isForGood() ? Breakage.TOO_BIG : Breakage.NO_ROOM;
            case BodyTaker.RecordTooBig e -> Breakage.RECORD_TOO_BIG;
            case MessageConstraintException e -> Breakage.ENDLESS_HEADERS;
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
            default ->
                switch (thrown.getCause()) {
                    case MessageConstraintException e -> Breakage.ENDLESS_HEADERS;
                    case HttpException e -> Breakage.GARBLED;
                    case null, default -> isConnected ? Breakage.BROKEN_OFF : Breakage.UNREACHABLE;
                };
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
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(HEADERS)
                        .build())
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
}
