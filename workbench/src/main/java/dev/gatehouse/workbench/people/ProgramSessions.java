package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sessions of programs that a person has signed in to, with the person's own rights. They end after thirteen hours, and with the
 * sessions of the browser: when the account is locked or changed, or its password is.
 */
@Component
class ProgramSessions {

    static final Duration LIFE = Duration.ofHours(13);

    static final String PREFIX = "gatehouse_session_";

    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient database;
    private final InstantSource clock;

    ProgramSessions(JdbcClient database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A session that has just begun.
     *
     * @param token which is told to nobody again
     */
    record Begun(String token, Instant at) {}

    private static final String BEGIN = """
            with over as (delete from program_session where account_id = :account and expires_at <= :now)
            insert into program_session (token_hash, account_id, generation, created_at, expires_at)
            values (:hash, :account, :generation, :now, :end)
            """;

    /** Begins a session, and forgets those of the account that are over. */
    Begun begin(SignedIn who) {
        var bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        var token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var now = clock.instant();
        Scoped.within(Scope.everything(), () -> database.sql(BEGIN)
                .param("hash", ApiTokens.sha256(token))
                .param("account", who.account().id())
                .param("generation", who.generation())
                .param("now", Columns.timestamp(now))
                .param("end", Columns.timestamp(now.plus(LIFE)))
                .update());
        return new Begun(token, now);
    }

    private static final String OF_TOKEN = """
            select a.* from program_session s
            join account a on a.id = s.account_id
            where s.token_hash = :hash and s.expires_at > :now and s.generation = a.session_generation and a.locked_at is null
            """;

    /** The person whose program comes with a token; empty when it is no session that goes on. */
    Optional<SignedIn> present(String token) {
        return token.startsWith(PREFIX)
                ? database.sql(OF_TOKEN)
                        .param("hash", ApiTokens.sha256(token))
                        .param("now", Columns.timestamp(clock.instant()))
                        .query((row, number) -> Accounts.signedIn(row))
                        .optional()
                : Optional.empty();
    }
}
