package dev.gatehouse.simulator.http;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** What a client gets: status, fields, body, and how well they travel. Never changes; {@code with…} makes another. */
public final class Answer {

    private final int status;
    private final Headers headers;
    private final byte[] body;
    private final Delivery delivery;

    private Answer(int status, Headers headers, byte[] body, Delivery delivery) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.delivery = delivery;
    }

    /** An answer without a body. */
    public static Answer empty(int status) {
        return new Answer(status, Headers.NONE, new byte[0], new Delivery.Whole());
    }

    /** An answer in JSON. The content type is the plain one; Graph adds OData's parameters. */
    public static Answer json(int status, JsonNode body) {
        return new Answer(
                status,
                Headers.NONE.with("Content-Type", "application/json; charset=utf-8"),
                Json.bytes(body),
                new Delivery.Whole());
    }

    /** An answer in any other format. */
    public static Answer text(int status, String contentType, String body) {
        return new Answer(
                status,
                Headers.NONE.with("Content-Type", contentType),
                body.getBytes(StandardCharsets.UTF_8),
                new Delivery.Whole());
    }

    public int status() {
        return status;
    }

    public Headers headers() {
        return headers;
    }

    public Delivery delivery() {
        return delivery;
    }

    /** The body as text; empty when there is none. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body's bytes, not to be changed: copying megabytes for each answer would cost more than making them. */
    byte[] bytes() {
        return body;
    }

    public Answer with(String header, String value) {
        return new Answer(status, headers.with(header, value), body, delivery);
    }

    public Answer withStatus(int other) {
        return new Answer(other, headers, body, delivery);
    }

    public Answer withBody(String other) {
        return new Answer(status, headers, other.getBytes(StandardCharsets.UTF_8), delivery);
    }

    public Answer withDelivery(Delivery other) {
        return new Answer(status, headers, body, other);
    }
}
