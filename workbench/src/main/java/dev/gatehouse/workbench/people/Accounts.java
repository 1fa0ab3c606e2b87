package dev.gatehouse.workbench.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Keeps the accounts. Passwords go in as they are typed and are stored hashed; they never come out. */
@Component
public class Accounts {

    private final JdbcClient database;
    private final PasswordEncoder passwords;
    private final InstantSource clock;
    private final SecurityLog security;

    Accounts(JdbcClient database, PasswordEncoder passwords, InstantSource clock, SecurityLog security) {
        this.database = database;
        this.passwords = passwords;
        this.clock = clock;
        this.security = security;
    }

    public boolean isEmpty() {
        return database.sql("select not exists (select from account)")
                .query(Boolean.class)
                .single();
    }

    /**
     * Adds an account.
     *
     * @throws org.springframework.dao.DuplicateKeyException when the e-mail address is taken
     */
    public Account add(String email, String displayName, Role role, String password) {
        var account = new Account(UUID.randomUUID(), email.strip(), displayName.strip(), role);
        database.sql("""
                        insert into account (id, email, display_name, password_hash, role, created_at)
                        values (:id, :email, :name, :hash, :role, :now)
                        """)
                .param("id", account.id())
                .param("email", account.email())
                .param("name", account.displayName())
                .param("hash", passwords.encode(password))
                .param("role", role.key())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        security.changed("account added", account.email());
        return account;
    }

    Optional<SignedIn> find(String email) {
        if (email.indexOf('\0') >= 0) {
            // PostgreSQL takes no such text, so nobody has it.
            return Optional.empty();
        }
        return database.sql("""
                        select id, email, display_name, role, password_hash
                          from account
                         where lower(email) = lower(:email)
                        """)
                .param("email", email.strip())
                .query(Accounts::signedIn)
                .optional();
    }

    boolean hasPassword(UUID id, String password) {
        return database.sql("select password_hash from account where id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .filter(hash -> passwords.matches(password, hash))
                .isPresent();
    }

    void changePassword(Account account, String password) {
        database.sql("update account set password_hash = :hash where id = :id")
                .param("hash", passwords.encode(password))
                .param("id", account.id())
                .update();
        security.changed("password changed", account.email());
    }

    void rememberSignIn(UUID id) {
        database.sql("update account set last_login_at = :now where id = :id")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
    }

    private static SignedIn signedIn(ResultSet row, int number) throws SQLException {
        var account = new Account(
                row.getObject("id", UUID.class),
                row.getString("email"),
                row.getString("display_name"),
                Role.of(row.getString("role")));
        return new SignedIn(account, row.getString("password_hash"));
    }
}
