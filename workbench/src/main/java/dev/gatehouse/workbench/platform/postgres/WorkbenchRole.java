package dev.gatehouse.workbench.platform.postgres;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;

/**
 * The role that the Workbench works as in its own server: it owns what the migrations make, and nothing else. It is no
 * superuser, so that whoever could make the Workbench run a statement of theirs could not read the machine's files, start
 * programs, or make themselves a role.
 *
 * <p>Databases of earlier releases, in which everything belongs to the superuser, are handed over as they are.
 */
final class WorkbenchRole {

    static final String NAME = "gatehouse_workbench";

    private final EmbeddedPostgres postgres;

    WorkbenchRole(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /**
     * Makes the database and the role where they are missing, and gives the role what is its own. Doing it again changes
     * nothing but the role's password, which is kept in memory only.
     */
    Access into(String database) throws SQLException {
        var password = password();
        try (var connection = asSuperuser("postgres")) {
            makeDatabase(connection, database);
            makeRole(connection, NAME, "nologin");
            makeRole(connection, "gatehouse_report", "nologin");
            for (var people : PeopleRoles.NAMES) {
                makeRole(connection, people, "nologin nobypassrls");
                run(connection, "grant %s to %s".formatted(people, NAME));
            }
            run(
                    connection,
                    "alter role %s login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '%s'"
                            .formatted(NAME, password));
        }
        try (var connection = asSuperuser(database)) {
            connection.setAutoCommit(false);
            // To make the schema of the reporting views.
            run(connection, "grant connect, create, temporary on database %s to %s".formatted(database, NAME));
            run(connection, HAND_OVER);
            connection.commit();
        }
        return new Access(postgres.url(database), NAME, password);
    }

    private Connection asSuperuser(String database) throws SQLException {
        return DriverManager.getConnection(postgres.url(database), EmbeddedPostgres.USER, postgres.password());
    }

    private static String password() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void makeDatabase(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement();
                var existing = statement.executeQuery("select from pg_database where datname = '%s'".formatted(name))) {
            if (!existing.next()) {
                run(connection, "create database " + name);
            }
        }
    }

    private static void makeRole(Connection connection, String name, String attributes) throws SQLException {
        try (var statement = connection.createStatement();
                var existing = statement.executeQuery("select from pg_roles where rolname = '%s'".formatted(name))) {
            if (!existing.next()) {
                run(connection, "create role %s %s".formatted(name, attributes));
            }
        }
    }

    // REASSIGN OWNED refuses for the superuser that a cluster was made with. Only what is in our schemas and was made
    // by
    // that superuser, as earlier releases did, is handed over; what somebody else made there stays theirs. A sequence
    // that
    // belongs to a column follows its table, and a table's row type likewise.
    private static final String HAND_OVER = """
            do $$
            declare
                command text;
            begin
                for command in
                    with ours as (
                        select oid as namespace, nspname, nspowner from pg_namespace where nspname in ('public', 'report'))
                    select format('alter schema %I owner to gatehouse_workbench', nspname) from ours
                    where pg_get_userbyid(nspowner) in (current_user, 'pg_database_owner')
                    union all
                    select format('alter %s %I.%I owner to gatehouse_workbench',
                                  case c.relkind when 'v' then 'view' when 'm' then 'materialized view'
                                                 when 'S' then 'sequence' else 'table' end, o.nspname, c.relname)
                    from pg_class c join ours o on o.namespace = c.relnamespace
                    where c.relkind in ('r', 'p', 'v', 'm', 'S') and pg_get_userbyid(c.relowner) = current_user
                      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
                                      and (d.deptype = 'e' or c.relkind = 'S' and d.deptype in ('a', 'i')))
                    union all
                    select format('alter routine %s owner to gatehouse_workbench', p.oid::regprocedure)
                    from pg_proc p join ours o on o.namespace = p.pronamespace
                    where pg_get_userbyid(p.proowner) = current_user
                      and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid
                                      and d.deptype = 'e')
                    union all
                    select format('alter type %I.%I owner to gatehouse_workbench', o.nspname, t.typname)
                    from pg_type t join ours o on o.namespace = t.typnamespace
                    where pg_get_userbyid(t.typowner) = current_user and t.typtype in ('e', 'd', 'r')
                      and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid
                                      and d.deptype = 'e')
                loop
                    execute command;
                end loop;
            end
            $$
            """;

    private static void run(Connection connection, String command) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
