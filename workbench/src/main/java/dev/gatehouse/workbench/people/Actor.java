package dev.gatehouse.workbench.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Who did something, as histories keep it.
 *
 * @param kind what it is
 * @param id of the account, token or organization; empty for Gatehouse itself
 * @param name as it was called then
 */
public record Actor(Kind kind, Optional<UUID> id, String name) {

    /** What can act. */
    public enum Kind {
        /** Gatehouse itself. */
        SYSTEM,
        /** A person who has signed in. */
        USER,
        /** All people of an organization together. */
        ORGANIZATION,
        /** A program with a token. */
        API;

        /** The word in the database and the API, e.g. {@code user}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind with that {@link #key()}. */
        public static Kind of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /** Gatehouse itself. */
    public static final Actor GATEHOUSE = new Actor(Kind.SYSTEM, Optional.empty(), "Gatehouse");

    /** Whoever a row of a history names, in its columns {@code actor_kind}, {@code actor_id} and {@code actor_name}. */
    public static Actor of(ResultSet row) throws SQLException {
        return new Actor(
                Kind.of(row.getString("actor_kind")),
                Optional.ofNullable(row.getObject("actor_id", UUID.class)),
                row.getString("actor_name"));
    }

    /** Whoever stands behind a request. */
    public static Actor of(Caller caller) {
        return switch (caller) {
            case SignedIn person ->
                new Actor(
                        Kind.USER,
                        Optional.of(person.account().id()),
                        person.account().displayName());
            case ApiToken program -> new Actor(Kind.API, Optional.of(program.id()), program.name());
        };
    }

    /** A person. */
    public static Actor of(Account account) {
        return new Actor(Kind.USER, Optional.of(account.id()), account.displayName());
    }

    /** An organization, as somebody to whom work is assigned. */
    public static Actor of(Organization organization) {
        return new Actor(Kind.ORGANIZATION, Optional.of(organization.id()), organization.name());
    }
}
