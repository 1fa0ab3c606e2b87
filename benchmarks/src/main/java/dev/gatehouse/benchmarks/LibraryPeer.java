package dev.gatehouse.benchmarks;

import com.microsoft.graph.core.tasks.PageIterator;
import com.microsoft.graph.models.security.Alert;
import com.microsoft.graph.models.security.AlertCollectionResponse;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.authentication.AnonymousAuthenticationProvider;
import com.microsoft.kiota.serialization.JsonSerializationWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What somebody would write in an afternoon instead of using Gatehouse, as a process of its own: Microsoft's Java library reads
 * all pages of a tenant, and each page goes into a table with a {@code jsonb} column in one transaction.
 */
public final class LibraryPeer {

    static final int PAGE = 200;

    static final String TABLE = """
            create table if not exists library_peer (id text primary key, updated_at timestamptz not null, alert jsonb not null)
            """;

    private static final String INSERT = """
            insert into library_peer (id, updated_at, alert) values (?, ?, ?::jsonb)
            on conflict (id) do update set updated_at = excluded.updated_at, alert = excluded.alert
            """;

    private LibraryPeer() {}

    /** Arguments: address of the pretend Graph, and address and password of the database. Says how many, and what it took. */
    public static void main(String[] arguments) throws Exception {
        var graph = new GraphServiceClient(new AnonymousAuthenticationProvider());
        graph.getRequestAdapter().setBaseUrl(arguments[0] + "/v1.0");
        try (var database = DriverManager.getConnection(arguments[1], "gatehouse", arguments[2])) {
            try (var statement = database.createStatement()) {
                statement.execute(TABLE);
            }
            database.setAutoCommit(false);
            var stored = readAll(graph, database);
            Peer.report(stored);
        }
        System.exit(0);
    }

    private static int readAll(GraphServiceClient graph, Connection database)
            throws ReflectiveOperationException, SQLException, IOException {
        var first = Objects.requireNonNull(graph.security().alertsV2().get(request -> {
            var query = Objects.requireNonNull(request.queryParameters);
            query.top = PAGE;
            query.count = true;
        }));
        var page = new ArrayList<Alert>();
        var stored = new int[1];
        var trouble = new ArrayList<Exception>();
        new PageIterator.Builder<Alert, AlertCollectionResponse>()
                .client(graph)
                .collectionPage(first)
                .collectionPageFactory(AlertCollectionResponse::createFromDiscriminatorValue)
                .processPageItemCallback(alert -> {
                    page.add(alert);
                    if (page.size() < PAGE) {
                        return true;
                    }
                    try {
                        stored[0] += store(page, database);
                        return true;
                    } catch (SQLException | IOException e) {
                        trouble.add(e);
                        return false;
                    }
                })
                .build()
                .iterate();
        if (!trouble.isEmpty()) {
            throw new IOException(trouble.getFirst());
        }
        return stored[0] + store(page, database);
    }

    private static int store(List<Alert> page, Connection database) throws SQLException, IOException {
        try (var insert = database.prepareStatement(INSERT)) {
            for (var alert : page) {
                insert.setString(1, alert.getId());
                insert.setObject(2, alert.getLastUpdateDateTime());
                insert.setString(3, json(alert));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        database.commit();
        var count = page.size();
        page.clear();
        return count;
    }

    private static String json(Alert alert) throws IOException {
        try (var writer = new JsonSerializationWriter()) {
            writer.writeObjectValue("", alert);
            try (var text = writer.getSerializedContent()) {
                return new String(text.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
