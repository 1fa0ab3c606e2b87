package dev.gatehouse.workbench.people;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** People who are signed in already, for tests of what comes after. */
@TestComponent
public class People {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String KEEP = """
            insert into account (id, email, display_name, password_hash, role, organization_id, created_at)
            values (:id, :email, :name, 'none', :role, :organization, now())
            on conflict (id) do update
            set role = excluded.role, organization_id = excluded.organization_id, locked_at = null, session_generation = 1
            """;

    private final JdbcClient database;

    People(JdbcClient database) {
        this.database = database;
    }

    /** Somebody who may do everything. */
    public RequestPostProcessor admin() {
        return signedIn("ada@example.com", "Ada", Membership.ofProvider(Role.SOC_ADMIN));
    }

    /** Somebody who changes nothing, of the organization that everything belongs to when nobody says. */
    public RequestPostProcessor analyst() {
        return request -> signedIn("ben@example.com", "Ben", Membership.of(Role.ORGANIZATION_ANALYST, first()))
                .postProcessRequest(request);
    }

    private UUID first() {
        return database.sql("select id from organization order by number limit 1")
                .query(UUID.class)
                .single();
    }

    /** Somebody with any role. */
    public RequestPostProcessor a(Membership membership) {
        return signedIn("%s@example.com".formatted(membership.role().key()), "Eve", membership);
    }

    /** The id of whoever signs in with that address here. */
    static UUID id(String email) {
        return UUID.nameUUIDFromBytes(email.getBytes(StandardCharsets.UTF_8));
    }

    /** The network address of somebody who has not been here before. */
    static String address() {
        return "10.%d.%d.%d".formatted(RANDOM.nextInt(256), RANDOM.nextInt(256), RANDOM.nextInt(256));
    }

    private RequestPostProcessor signedIn(String email, String name, Membership membership) {
        var account = new Account(id(email), email, name, membership);
        return request -> {
            // Asked for late: a test may have emptied the table, or taken the database away, since.
            keep(account);
            return user(new SignedIn(account, false, 1, "{noop}x")).postProcessRequest(request);
        };
    }

    private void keep(Account account) {
        database.sql(KEEP)
                .param("id", account.id())
                .param("email", account.email())
                .param("name", account.displayName())
                .param("role", account.role().key())
                .param("organization", account.membership().organization().orElse(null))
                .update();
    }
}
