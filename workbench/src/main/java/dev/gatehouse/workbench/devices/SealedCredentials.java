package dev.gatehouse.workbench.devices;

import dev.gatehouse.workbench.platform.secrets.SealedSecrets;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The secrets and certificates of all devices, sealed. Those of removed devices are not needed any more. */
@Component
class SealedCredentials implements SealedSecrets {

    private final JdbcClient database;

    SealedCredentials(JdbcClient database) {
        this.database = database;
    }

    @Override
    public long count() {
        return database.sql("select count(*) from security_device where deleted_at is null")
                .query(Long.class)
                .single();
    }
}
