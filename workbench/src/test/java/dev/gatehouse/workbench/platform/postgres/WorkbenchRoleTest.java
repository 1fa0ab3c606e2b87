package dev.gatehouse.workbench.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkbenchRoleTest {

    private static final String MISPLACED_TABLES = """
            select count(*) from pg_tables where schemaname = 'public' and tableowner <> 'gatehouse_workbench'
            """;

    private Path directory;
    private EmbeddedPostgres postgres;

    @BeforeAll
    void start() throws IOException {
        directory = Files.createTempDirectory("gatehouse-role");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        postgres = EmbeddedPostgres.start(directory.resolve("postgres"));
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
        FileSystemUtils.deleteRecursively(directory);
    }

    @Test
    void migratesAndWorksAsARoleThatIsNoSuperuserAndHasNoRightOverTheServer() throws SQLException {
        var access = postgres.open("fresh");
        migrate(access, MigrationVersion.LATEST);

        assertThat(ask(access, """
                        select concat_ws(' ', rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls)
                        from pg_roles where rolname = current_user
                        """)).isEqualTo("f f f f f");
        assertThat(ask(access, """
                        select string_agg(roleid::regrole::text, ' ' order by roleid::regrole::text) from pg_auth_members
                        where member = current_user::regrole
                        """)).isEqualTo("gatehouse_people gatehouse_soc");
        assertThat(ask(access, """
                        select string_agg(distinct concat_ws(' ', rolsuper, rolcanlogin, rolcreaterole, rolbypassrls), ',')
                        from pg_roles where rolname in ('gatehouse_people', 'gatehouse_soc')
                        """)).isEqualTo("f f f f");
        assertThat(ask(access, MISPLACED_TABLES)).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select pg_read_file('/etc/passwd')",
                "select pg_ls_dir('/')",
                "copy (select 1) to '/tmp/gatehouse-role-test'",
                "create temporary table lines (line text); copy lines from '/etc/passwd'",
                "create temporary table lines (line text); copy lines from program 'id'",
                "select rolpassword from pg_authid",
                "create role another login",
                "create database another",
                "alter role gatehouse_workbench superuser",
                "set role gatehouse",
                "alter system set fsync = off"
            })
    void mayNeitherReadFilesNorStartProgramsNorMakeItselfMore(String command) throws SQLException {
        var access = postgres.open("fresh");

        assertThatThrownBy(() -> run(access, command))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
    }

    @Test
    void takesADatabaseOfAnEarlierReleaseOverAsItIs() throws SQLException {
        var superuser = new Access(postgres.url("earlier"), EmbeddedPostgres.USER, postgres.password());
        run(
                new Access(postgres.url("postgres"), EmbeddedPostgres.USER, postgres.password()),
                "create database earlier");
        migrate(superuser, MigrationVersion.fromVersion("14"));
        run(superuser, "insert into rotation_journal values (gen_random_uuid(), 'kept', now())");
        run(superuser, "create user dashboards password 'for this test' in role gatehouse_report");
        run(
                superuser,
                "create table public.of_somebody_else (note text); alter table public.of_somebody_else owner to dashboards");
        run(superuser, "create schema theirs create table notes (note text)");
        var before = ask(superuser, "select count(*) from pg_class");

        var access = postgres.open("earlier");

        assertThat(ask(access, "select journal from rotation_journal")).isEqualTo("kept");
        assertThat(ask(superuser, "select count(*) from pg_class")).isEqualTo(before);
        assertThat(all(superuser, """
                        select tableowner || ' ' || tablename from pg_tables
                        where schemaname in ('public', 'theirs') and tableowner <> 'gatehouse_workbench'
                        """)).containsExactlyInAnyOrder("dashboards of_somebody_else", "gatehouse notes");
        assertThat(all(superuser, """
                        select proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                        where nspname = 'public' and pg_get_userbyid(proowner) <> 'gatehouse_workbench'
                        """)).isEmpty();
        migrate(access, MigrationVersion.LATEST);
        var dashboards = new Access(access.url(), "dashboards", "for this test");
        assertThat(ask(dashboards, "select count(*) from report.incidents")).isEqualTo("0");
        assertThatThrownBy(() -> ask(dashboards, "select count(*) from vendor_alert"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void theReportingRoleIsThereBeforeTheViewsAndReadsThem() throws SQLException {
        var access = postgres.open("reporting");
        migrate(access, MigrationVersion.LATEST);

        assertThat(all(access, """
                        select viewname from pg_views
                        where schemaname = 'report'
                          and not has_table_privilege('gatehouse_report', format('%I.%I', schemaname, viewname), 'select')
                        """)).isEmpty();
        assertThat(ask(access, "select has_table_privilege('gatehouse_report', 'vendor_alert', 'select')"))
                .isEqualTo("f");
    }

    @Test
    void openingAgainChangesNothingButThePassword() throws SQLException {
        var first = postgres.open("again");
        migrate(first, MigrationVersion.LATEST);

        var second = postgres.open("again");

        assertThat(ask(second, MISPLACED_TABLES)).isEqualTo("0");
        assertThat(second.password()).isNotEqualTo(first.password());
        assertThatThrownBy(() -> ask(first, "select 1")).hasMessageContaining("password authentication failed");
        assertThat(second.toString()).doesNotContain(second.password());
    }

    @Test
    void theOperatorsRoleNeedsThoseOfPeopleAndSaysSo() throws SQLException {
        var superuser = new Access(postgres.url("postgres"), EmbeddedPostgres.USER, postgres.password());
        postgres.open("operators");
        run(superuser, "create role operator login password 'for this test'");
        var operator = new DriverManagerDataSource(postgres.url("operators"), "operator", "for this test");

        assertThatThrownBy(() -> PeopleRoles.prepare(operator))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("gatehouse_people and gatehouse_soc")
                .hasMessageContaining("'Database' in docs/configuration.md");

        run(superuser, "grant gatehouse_people, gatehouse_soc to operator");
        assertThatCode(() -> PeopleRoles.prepare(operator)).doesNotThrowAnyException();
    }

    private static void migrate(Access access, MigrationVersion target) {
        Flyway.configure()
                .dataSource(access.url(), access.username(), access.password())
                .locations("classpath:db/migration/workbench")
                .target(target)
                .load()
                .migrate();
    }

    private static void run(Access access, String command) throws SQLException {
        try (var connection = connect(access);
                var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static String ask(Access access, String question) throws SQLException {
        return all(access, question).getFirst();
    }

    private static List<String> all(Access access, String question) throws SQLException {
        try (var connection = connect(access);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            var answers = new ArrayList<String>();
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
            return answers;
        }
    }

    private static Connection connect(Access access) throws SQLException {
        return DriverManager.getConnection(access.url(), access.username(), access.password());
    }
}
