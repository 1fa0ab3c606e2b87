package dev.gatehouse.workbench.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of a browser as a test over real HTTP needs: it keeps cookies and fills in forms. */
public final class Browser implements AutoCloseable {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final URI base;

    public Browser(int port) {
        base = URI.create("http://127.0.0.1:" + port);
    }

    public HttpResponse<String> open(String address) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(base.resolve(address))
                        .header("Accept", "text/html")
                        .build(),
                BodyHandlers.ofString());
    }

    /** Opens a page, fills in its first form, and sends that. */
    public HttpResponse<String> send(String page, Map<String, String> form) throws IOException, InterruptedException {
        var token = CSRF.matcher(open(page).body());
        assertThat(token.find()).as("a form on " + page).isTrue();
        var body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "_csrf=" + token.group(1) + "&", ""));
        return http.send(
                HttpRequest.newBuilder(base.resolve(page))
                        .header("Accept", "text/html")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Opens something that does not end. */
    public HttpResponse<InputStream> listen(String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(base.resolve(address)).build(), BodyHandlers.ofInputStream());
    }

    /** The cookie that names the session. */
    public HttpCookie session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("gatehouse"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
