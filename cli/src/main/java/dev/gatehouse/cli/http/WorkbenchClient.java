package dev.gatehouse.cli.http;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to the API of one Workbench with one token. */
public final class WorkbenchClient implements AutoCloseable {

    public static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String MEDIA_TYPE = "application/vnd.api+json";
    // Testing a connection asks Microsoft several times before it answers.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final URI address;
    private final String token;
    /** With it the Workbench says that it wants a one-time code. */
    private static final String ASKS_FOR_CODE = "X-ExpelInc-Otp";

    private final HttpClient http;

    public WorkbenchClient(URI address, String token) {
        this.address = address;
        this.token = token;
        this.http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                // Spares a round trip that offers HTTP/2 on an unencrypted connection.
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    public ApiAnswer get(String path) {
        return send(request(path).GET());
    }

    public ApiAnswer post(String path, JsonNode document) {
        return send(request(path).POST(BodyPublishers.ofString(document.toString())));
    }

    public ApiAnswer patch(String path, JsonNode document) {
        return send(request(path).method("PATCH", BodyPublishers.ofString(document.toString())));
    }

    public ApiAnswer delete(String path) {
        return send(request(path).DELETE());
    }

    /** At most so many resources of a collection, fetched page by page. */
    public List<JsonNode> list(String type, Map<String, String> query, int atMost) {
        var resources = new ArrayList<JsonNode>();
        var separator = query.isEmpty() ? "" : "&";
        var next = "/api/v2/" + type + "?" + encoded(query) + separator
                + encoded(Map.of("page[limit]", Integer.toString(Math.min(atMost, 200))));
        while (!next.isEmpty() && resources.size() < atMost) {
            var answer = get(next);
            var before = resources.size();
            answer.dataOrFail().forEach(resources::add);
            if (resources.size() == before) {
                // A page without anything, linking on, is not worth following.
                break;
            }
            next = answer.body().path("links").path("next").asString("");
        }
        return List.copyOf(resources.subList(0, Math.min(atMost, resources.size())));
    }

    /** How many resources a collection has. */
    public long count(String type) {
        var answer = get("/api/v2/" + type + "?page%5Blimit%5D=0");
        answer.dataOrFail();
        return answer.body().path("meta").path("page").path("total").asLong(0);
    }

    @Override
    public void close() {
        http.close();
    }

    private static String encoded(Map<String, String> query) {
        return query.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        var target = address.resolve(path);
        if (!target.getHost().equals(address.getHost()) || target.getPort() != address.getPort()) {
            // The token is for this Workbench alone.
            throw new Failure(
                    ExitCode.SERVER_ERROR,
                    "The Workbench at %s sent a link to %s, which was not followed.".formatted(address, target));
        }
        return HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Accept", MEDIA_TYPE)
                .header("Content-Type", MEDIA_TYPE);
    }

    private ApiAnswer send(HttpRequest.Builder builder) {
        var request = builder.build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            return new ApiAnswer(
                    response.statusCode(),
                    document(response.body()),
                    response.statusCode() == 401
                            && response.headers().firstValue(ASKS_FOR_CODE).isPresent());
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.NOT_REACHABLE,
                    "No Workbench answered at %s (%s). Start one with ./gatehouse serve or ./gatehouse demo, or name another with --url."
                            .formatted(address, reason(e)),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.NOT_REACHABLE, "Interrupted while waiting for the Workbench.", e);
        }
    }

    private JsonNode document(String body) {
        if (body.isBlank()) {
            return JSON.createObjectNode();
        }
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new Failure(
                    ExitCode.SERVER_ERROR,
                    "What answers at %s is no Workbench: it did not send JSON. Check --url.".formatted(address),
                    e);
        }
    }

    // HttpClient's ConnectException has no message of its own.
    private static String reason(IOException e) {
        var message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
}
