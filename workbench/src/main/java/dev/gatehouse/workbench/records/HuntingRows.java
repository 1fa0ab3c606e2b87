package dev.gatehouse.workbench.records;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds hunting rows. */
@Component
public class HuntingRows {

    /** Of each table, how many rows of a stretch of time are looked through at most. */
    private static final int LOOKED_THROUGH = 5_000;

    private final JdbcClient database;

    HuntingRows(JdbcClient database) {
        this.database = database;
    }

    /**
     * What a row says, as far as columns have it.
     *
     * @param feed the table that it is of
     * @param target what was done something to; empty when there is nothing
     */
    public record Row(
            TenantId tenant,
            Feed feed,
            Instant at,
            String action,
            String account,
            String device,
            String address,
            String target) {}

    private static final String AROUND = """
            select h.* from unnest(:feeds::text[]) as f (feed)
            cross join lateral (
                select * from hunting_row r
                where r.tenant_id = :tenant and r.feed = f.feed and r.timestamp between :from and :to and {scope}
                order by r.timestamp desc limit :most
            ) h
            where lower(h.account_name) = any (:accounts) or lower(h.device_name) = any (:hosts) or h.ip_address = any (:addresses)
            order by h.timestamp desc limit :limit
            """;

    /**
     * Rows of a stretch of time that name one of these accounts, hosts or addresses, the latest first. Of a busy stretch only
     * the latest five thousand rows of each table are looked through.
     *
     * @param accounts without their domain
     */
    public List<Row> around(
            Scope scope,
            TenantId tenant,
            Instant from,
            Instant to,
            Collection<String> accounts,
            Collection<String> hosts,
            Collection<String> addresses,
            int limit) {
        return scope.tenants(database, AROUND, "r.tenant_id")
                .param("tenant", tenant.value())
                .param(
                        "feeds",
                        new String[] {Feed.LOGON_EVENTS.key(), Feed.QUERY_EVENTS.key(), Feed.DIRECTORY_EVENTS.key()})
                .param("from", Columns.timestamp(from))
                .param("to", Columns.timestamp(to))
                .param("most", LOOKED_THROUGH)
                .param("accounts", lower(accounts))
                .param("hosts", lower(hosts))
                .param("addresses", addresses.toArray(String[]::new))
                .param("limit", limit)
                .query((row, number) -> new Row(
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        Feed.of(row.getString("feed")),
                        Columns.instant(row, "timestamp"),
                        row.getString("action_type"),
                        row.getString("account_name"),
                        row.getString("device_name"),
                        row.getString("ip_address"),
                        row.getString("target")))
                .list();
    }

    private static String[] lower(Collection<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toArray(String[]::new);
    }
}
