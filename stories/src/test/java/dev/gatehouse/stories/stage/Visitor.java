package dev.gatehouse.stories.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody who is signed in to the Workbench and reads and sends its pages, without a browser's scripts. */
public final class Visitor implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final URI workbench;

    private Visitor(URI workbench) {
        this.workbench = workbench;
    }

    /** Signs in as the first administrator. */
    public static Visitor signedIn(Product gatehouse) {
        return signedIn(gatehouse.url(), gatehouse.administrator(), gatehouse.password());
    }

    /** Signs in to the Workbench at that address. */
    public static Visitor signedIn(URI workbench, String email, String password) {
        var visitor = new Visitor(workbench);
        visitor.send("/login", "/login", Map.of("email", email, "password", password));
        return visitor;
    }

    /** A page's HTML. */
    public String read(String path) {
        return answer(HttpRequest.newBuilder(workbench.resolve(path)).build());
    }

    /**
     * Sends a form, and gives the page that it leads to.
     *
     * @param page where the form stands
     * @param path where it is sent
     */
    public String send(String page, String path, Map<String, String> fields) {
        var token = TOKEN.matcher(read(page));
        assertThat(token.find()).as("a form on %s", page).isTrue();
        var body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "_csrf=" + token.group(1) + "&", ""));
        return answer(HttpRequest.newBuilder(workbench.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private String answer(HttpRequest request) {
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as("status of %s", request.uri()).isEqualTo(200);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
