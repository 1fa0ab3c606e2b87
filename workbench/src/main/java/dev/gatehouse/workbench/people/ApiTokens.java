package dev.gatehouse.workbench.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps the API's tokens, as SHA-256: a token has 256 random bits, so neither salt nor a slow hash adds anything. */
@Component
public class ApiTokens {

    private static final Logger log = LoggerFactory.getLogger(ApiTokens.class);

    private static final String PREFIX = "gatehouse_";

    /** Last use is shown to people; writing it more often would only wear the database. */
    private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient database;
    private final InstantSource clock;
    private final SecurityLog security;

    ApiTokens(JdbcClient database, InstantSource clock, SecurityLog security) {
        this.database = database;
        this.clock = clock;
        this.security = security;
    }

    public boolean isEmpty() {
        return database.sql("select not exists (select from api_token)")
                .query(Boolean.class)
                .single();
    }

    /** A new token that nobody knows yet; it works once it was passed to {@link #add}. */
    public String draw() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Lets a token in from now on. */
    public ApiToken add(String name, Role role, String token) {
        var added = new ApiToken(UUID.randomUUID(), name, role);
        database.sql("""
                        insert into api_token (id, name, role, token_hash, created_at)
                        values (:id, :name, :role, :hash, :now)
                        """)
                .param("id", added.id())
                .param("name", name)
                .param("role", role.key())
                .param("hash", sha256(token))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        security.changed("token added", name);
        return added;
    }

    /** Stops a token from working. */
    public void revoke(UUID id) {
        database.sql("""
                        update api_token set revoked_at = :now where id = :id and revoked_at is null returning name
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("id", id)
                .query(ApiTokens::name)
                .optional()
                .ifPresent(name -> security.changed("token revoked", name));
    }

    Optional<ApiToken> find(String token) {
        var found = database.sql("select id, name, role from api_token where token_hash = :hash and revoked_at is null")
                .param("hash", sha256(token))
                .query(ApiTokens::apiToken)
                .optional();
        found.ifPresent(known -> noteUse(known.id()));
        return found;
    }

    private void noteUse(UUID id) {
        var now = clock.instant();
        try {
            database.sql("""
                            update api_token
                               set last_used_at = :now
                             where id = :id and (last_used_at is null or last_used_at < :stale)
                            """)
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .param("id", id)
                    .param("stale", now.minus(USE_IS_NOTED_EVERY).atOffset(ZoneOffset.UTC))
                    .update();
        } catch (DataAccessException e) {
            // Whoever wants to see why the database takes nothing, a full disk for one, has to be let in.
            log.debug("The use of a token was not noted", e);
        }
    }

    private static ApiToken apiToken(ResultSet row, int number) throws SQLException {
        return new ApiToken(row.getObject("id", UUID.class), row.getString("name"), Role.of(row.getString("role")));
    }

    private static String name(ResultSet row, int number) throws SQLException {
        return row.getString("name");
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must offer SHA-256", e);
        }
    }
}
