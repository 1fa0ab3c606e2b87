package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.platform.secrets.SealedSecrets;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The secrets of all integrations, sealed. */
@Component
class SealedIntegrations implements SealedSecrets {

    private final JdbcClient database;

    SealedIntegrations(JdbcClient database) {
        this.database = database;
    }

    @Override
    public long count() {
        return database.sql("select count(*) from integration")
                .query(Long.class)
                .single();
    }
}
