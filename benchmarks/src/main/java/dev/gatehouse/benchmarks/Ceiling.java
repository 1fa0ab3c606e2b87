package dev.gatehouse.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What nobody gets below, as a process of its own: the pages are unpacked and looked through token by token, nothing is made of
 * what they say, and the text of each alert goes as it is into the table that {@link LibraryPeer} has, a page with one statement
 * in one transaction.
 */
public final class Ceiling {

    private static final String INSERT = """
            insert into library_peer (id, updated_at, alert)
            select id, updated_at::timestamptz, alert::jsonb
            from unnest(?::text[], ?::text[], ?::text[]) as page (id, updated_at, alert)
            on conflict (id) do update set updated_at = excluded.updated_at, alert = excluded.alert
            """;

    private static final JsonFactory JSON = new JsonFactory();

    private Ceiling() {}

    /** Arguments: address of the pretend Graph, and address and password of the database. Says how many, and what it took. */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        try (var http = HttpClient.newHttpClient();
                var database = DriverManager.getConnection(arguments[1], "gatehouse", arguments[2])) {
            try (var statement = database.createStatement()) {
                statement.execute(LibraryPeer.TABLE);
            }
            database.setAutoCommit(false);
            var stored = 0;
            var next = Optional.of(URI.create(
                    arguments[0] + "/v1.0/security/alerts_v2?$top=%d&$count=true".formatted(LibraryPeer.PAGE)));
            while (next.isPresent()) {
                var page = Page.read(unpacked(http, next.get()));
                store(page.alerts(), database);
                stored += page.alerts().size();
                next = page.next();
            }
            Peer.report(stored);
        }
    }

    private static byte[] unpacked(HttpClient http, URI address) throws IOException, InterruptedException {
        var answer = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
        try (var text = new GZIPInputStream(new ByteArrayInputStream(answer.body()), 64 * 1024)) {
            return text.readAllBytes();
        }
    }

    private static void store(List<Slice> page, Connection database) throws SQLException {
        try (var insert = database.prepareStatement(INSERT)) {
            insert.setArray(
                    1,
                    database.createArrayOf("text", page.stream().map(Slice::id).toArray()));
            insert.setArray(
                    2,
                    database.createArrayOf(
                            "text", page.stream().map(Slice::updatedAt).toArray()));
            insert.setArray(
                    3,
                    database.createArrayOf(
                            "text", page.stream().map(Slice::text).toArray()));
            insert.executeUpdate();
        }
        database.commit();
    }

    /** One alert as it was received. */
    private record Slice(String id, String updatedAt, String text) {}

    /** The alerts of a page, and where the next page is. */
    private record Page(List<Slice> alerts, Optional<URI> next) {

        static Page read(byte[] body) {
            var alerts = new ArrayList<Slice>(LibraryPeer.PAGE);
            var next = Optional.<URI>empty();
            try (var parser = JSON.createParser(ObjectReadContext.empty(), body)) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    var name = parser.currentName();
                    parser.nextToken();
                    if (name.equals("value")) {
                        while (parser.nextToken() == JsonToken.START_OBJECT) {
                            alerts.add(slice(parser, body));
                        }
                    } else if (name.equals("@odata.nextLink")) {
                        next = Optional.of(URI.create(parser.getString().replace(" ", "%20")));
                    } else {
                        parser.skipChildren();
                    }
                }
            }
            return new Page(alerts, next);
        }

        private static Slice slice(JsonParser parser, byte[] body) {
            var begin = (int) parser.currentTokenLocation().getByteOffset();
            var id = "";
            var updatedAt = "";
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                if (name.equals("id")) {
                    id = parser.getString();
                } else if (name.equals("lastUpdateDateTime")) {
                    updatedAt = parser.getString();
                } else {
                    parser.skipChildren();
                }
            }
            var end = (int) parser.currentLocation().getByteOffset();
            return new Slice(id, updatedAt, new String(body, begin, end - begin, StandardCharsets.UTF_8));
        }
    }
}
