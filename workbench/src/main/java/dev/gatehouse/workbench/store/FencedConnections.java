package dev.gatehouse.workbench.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Gives threads that work under a lease connections that only read, unless they are inside {@link Fence#write}: the server
 * itself then refuses what somebody forgot to fence, whichever way it is written.
 */
public final class FencedConnections extends DelegatingDataSource {

    /** What the connections of the readers have to be told once. */
    public static final String ONLY_READ = "set default_transaction_read_only = on";

    private final DataSource readers;

    /**
     * Chooses between two pools on one database.
     *
     * @param readers whose connections were told {@link #ONLY_READ}
     */
    public FencedConnections(DataSource writers, DataSource readers) {
        super(writers);
        this.readers = readers;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return Fence.onlyReads() ? readers.getConnection() : super.getConnection();
    }
}
