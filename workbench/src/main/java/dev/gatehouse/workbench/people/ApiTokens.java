package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps the API's tokens, as SHA-256: a token has 256 random bits, so neither salt nor a slow hash adds anything. Each
 * change is a line of the security log.
 */
@Component
public class ApiTokens {

    private static final Logger log = LoggerFactory.getLogger(ApiTokens.class);

    private static final String PREFIX = "gatehouse_";
    private static final int LONGEST_NAME = 100;

    /** Last use is shown to people; writing it more often would only wear the database. */
    private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient database;
    private final Organizations organizations;
    private final MachineToken machine;
    private final InstantSource clock;
    private final SecurityLog security;

    ApiTokens(
            JdbcClient database,
            Organizations organizations,
            MachineToken machine,
            InstantSource clock,
            SecurityLog security) {
        this.database = database;
        this.organizations = organizations;
        this.machine = machine;
        this.clock = clock;
        this.security = security;
    }

    public boolean isEmpty() {
        return database.sql("select not exists (select from api_token)")
                .query(Boolean.class)
                .single();
    }

    private static final String SELECT = "select * from api_token t where ";

    /** All tokens that may be seen, by name; ended ones, too. */
    public List<ListedToken> all(Scope scope) {
        return database.sql(SELECT + Within.organization(scope, "t.organization_id")
                        + " order by lower(name), created_at, id")
                .param("scope", scope.parameter())
                .query((row, number) -> listed(row))
                .list();
    }

    /** The token with that id, when it may be seen. */
    public Optional<ListedToken> find(Scope scope, UUID id) {
        return database.sql(SELECT + Within.organization(scope, "t.organization_id") + " and t.id = :id")
                .param("scope", scope.parameter())
                .param("id", id)
                .query((row, number) -> listed(row))
                .optional();
    }

    /** A new token that nobody knows yet; it works once it was passed to {@link #add}. */
    public String draw() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Lets a token in from now on, without asking who may. */
    public ApiToken add(String name, Membership membership, String token) {
        return add(name, membership, Optional.empty(), token, false);
    }

    /** The same for the one that is left in the data directory. */
    ApiToken addOfMachine(String name, Membership membership, String token) {
        return add(name, membership, Optional.empty(), token, true);
    }

    /** Whether a token is the one that was left in the data directory, or that of whoever owns the machine. */
    public boolean isOfMachine(ApiToken token) {
        return MachineToken.isOwner(token)
                || database.sql("select exists (select from api_token where id = :id and is_of_machine)")
                        .param("id", token.id())
                        .query(Boolean.class)
                        .single();
    }

    private static final String INSERT = """
            insert into api_token (id, name, role, organization_id, token_hash, created_at, expires_at, is_of_machine)
            values (:id, :name, :role, :organization, :hash, :now, :expires, :machine)
            """;

    private ApiToken add(
            String name, Membership membership, Optional<Instant> expires, String token, boolean isOfMachine) {
        var added = new ApiToken(UUID.randomUUID(), name, membership);
        database.sql(INSERT)
                .param("id", added.id())
                .param("name", name)
                .param("role", added.role().key())
                .param("organization", membership.organization().orElse(null))
                .param("hash", sha256(token))
                .param("now", Columns.timestamp(clock.instant()))
                .param("expires", Columns.optionalTimestamp(expires))
                .param("machine", isOfMachine)
                .update();
        security.changed("token added", name);
        return added;
    }

    /**
     * Lets a token in from now on.
     *
     * @param token from {@link #draw}
     * @throws InvalidFields when something is wrong with the draft, or whoever asks may not give that role
     */
    public ApiToken add(Administrator by, TokenDraft draft, String token) {
        var read = read(by, draft);
        return add(draft.name(), read.membership(), read.expires(), token, false);
    }

    /**
     * Makes sure that a token could be added like this.
     *
     * @throws InvalidFields when something is wrong with the draft, or whoever asks may not give that role
     */
    public void check(Administrator by, TokenDraft draft) {
        read(by, draft);
    }

    /** A draft that is right. */
    private record Read(Membership membership, Optional<Instant> expires) {}

    private Read read(Administrator by, TokenDraft draft) {
        var problems = new ArrayList<FieldProblem>();
        if (draft.name().isBlank()) {
            problems.add(FieldProblem.error("name", "Name is empty. Enter who or what is to use the token."));
        }
        if (draft.name().length() > LONGEST_NAME) {
            problems.add(
                    FieldProblem.error("name", "This is too long. Use at most %d characters.".formatted(LONGEST_NAME)));
        }
        var expires = draft.expires().isEmpty() ? Optional.<Instant>empty() : end(draft.expires(), problems);
        var membership = draft.membership().read(by, organizations, problems);
        if (!problems.isEmpty()) {
            throw new InvalidFields(problems);
        }
        return new Read(membership.orElseThrow(), expires);
    }

    private Optional<Instant> end(String typed, List<FieldProblem> problems) {
        var end = moment(typed);
        if (end.isEmpty()) {
            problems.add(FieldProblem.error(
                    "expires_at", "'%s' is no day. Enter one like 2026-12-31, in UTC.".formatted(typed)));
        } else if (!end.get().isAfter(clock.instant())) {
            problems.add(FieldProblem.error("expires_at", "That is over already. Enter a day to come."));
            return Optional.empty();
        }
        return end;
    }

    private static Optional<Instant> moment(String typed) {
        try {
            return Optional.of(
                    typed.contains("T")
                            ? OffsetDateTime.parse(typed).toInstant()
                            : LocalDate.parse(typed).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Stops a token from working.
     *
     * @throws NoSuchToken when there is none for them with that id
     */
    public void revoke(Administrator by, UUID id) {
        revoke(find(by.scope(), id)
                .orElseThrow(() -> new NoSuchToken(id))
                .token()
                .id());
    }

    private static final String REVOKE =
            "update api_token set revoked_at = :now where id = :id and revoked_at is null returning name";

    /** Stops a token from working, without asking who may. */
    public void revoke(UUID id) {
        database.sql(REVOKE)
                .param("now", Columns.timestamp(clock.instant()))
                .param("id", id)
                .query(String.class)
                .optional()
                .ifPresent(name -> security.changed("token revoked", name));
    }

    /** What somebody shows who wants to come in. */
    Presented present(String token) {
        var owner = machine.present(token);
        if (owner.isPresent()) {
            return new Presented.Good(owner.get());
        }
        var found = database.sql("select * from api_token where token_hash = :hash")
                .param("hash", sha256(token))
                .query((row, number) -> listed(row))
                .optional();
        return found.map(this::judged).orElseGet(Presented.Unknown::new);
    }

    private Presented judged(ListedToken known) {
        return switch (known.state(clock.instant())) {
            case REVOKED -> new Presented.Revoked(known.token(), known.revoked().orElseThrow());
            case EXPIRED -> new Presented.Expired(known.token(), known.expires().orElseThrow());
            case WORKS -> {
                noteUse(known.token().id());
                yield new Presented.Good(known.token());
            }
        };
    }

    private static final String NOTE_USE = """
            update api_token set last_used_at = :now
            where id = :id and (last_used_at is null or last_used_at < :stale)
            """;

    private void noteUse(UUID id) {
        var now = clock.instant();
        try {
            database.sql(NOTE_USE)
                    .param("now", Columns.timestamp(now))
                    .param("id", id)
                    .param("stale", Columns.timestamp(now.minus(USE_IS_NOTED_EVERY)))
                    .update();
        } catch (DataAccessException e) {
            // Whoever wants to see why the database takes nothing, a full disk for one, has to be let in.
            log.debug("The use of a token was not noted", e);
        }
    }

    private static ListedToken listed(ResultSet row) throws SQLException {
        return new ListedToken(
                new ApiToken(row.getObject("id", UUID.class), row.getString("name"), Accounts.membership(row)),
                Columns.instant(row, "created_at"),
                Columns.optionalInstant(row, "last_used_at"),
                Columns.optionalInstant(row, "expires_at"),
                Columns.optionalInstant(row, "revoked_at"));
    }

    static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must offer SHA-256", e);
        }
    }
}
