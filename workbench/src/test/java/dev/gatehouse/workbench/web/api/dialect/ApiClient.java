package dev.gatehouse.workbench.web.api.dialect;

import dev.gatehouse.workbench.RunningWorkbench;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that talks to the API. */
public final class ApiClient {

    public static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;
    private final String token;

    public ApiClient(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    /** With the token that the server left for programs of its own user. */
    public static ApiClient of(RunningWorkbench workbench) {
        try {
            return new ApiClient(
                    workbench.address(),
                    Files.readString(workbench.dataDirectory().resolve("api-token"))
                            .strip());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An answer; the body is an empty object when there was none. */
    public record Answer(int status, String contentType, String location, JsonNode body) {
        public JsonNode data() {
            return body.path("data");
        }

        public JsonNode attribute(String name) {
            return data().path("attributes").path(name);
        }

        /** Where the first error is. */
        public String pointer() {
            return body.path("errors").path(0).path("source").path("pointer").asString("");
        }

        /** What the first error says. */
        public String detail() {
            return body.path("errors").path(0).path("detail").asString("");
        }
    }

    public Answer get(String path) {
        return send("GET", path, "", "application/json");
    }

    public Answer post(String path, String body) {
        return send("POST", path, body, "application/vnd.api+json");
    }

    public Answer patch(String path, String body) {
        return send("PATCH", path, body, "application/json");
    }

    public Answer delete(String path) {
        return send("DELETE", path, "{\"data\": {}}", "application/json");
    }

    public Answer send(String method, String path, String body, String contentType) {
        var request = HttpRequest.newBuilder(address.resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", contentType)
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("Location").orElse(""),
                    response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The first line of the answer to a GET whose path is sent as it stands, which no tidy client would do. */
    public String statusLineOf(String path) throws IOException {
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            var request = "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                    .formatted(path, token);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }
}
