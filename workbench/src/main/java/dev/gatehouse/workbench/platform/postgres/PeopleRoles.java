package dev.gatehouse.workbench.platform.postgres;

import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * The roles that people's requests are answered as. They own nothing, so that row-level security concerns them, whatever a
 * statement says. In the bundled server they are made with the database; in the operator's, here, or by its administrator.
 */
final class PeopleRoles {

    static final List<String> NAMES = List.of("gatehouse_people", "gatehouse_soc");

    private static final String MAY_BE_THEM = """
            select count(*) filter (where pg_has_role(current_user, oid, 'MEMBER')) = 2
            from pg_roles where rolname in ('gatehouse_people', 'gatehouse_soc')
            """;

    private static final String MAKE = """
            do $$
            declare
                people text;
            begin
                foreach people in array array['gatehouse_people', 'gatehouse_soc'] loop
                    if not exists (select from pg_roles where rolname = people) then
                        begin
                            execute format('create role %I nologin', people);
                        exception when duplicate_object or unique_violation then
                            null; -- Another Gatehouse made it in the same moment.
                        end;
                    end if;
                    execute format('grant %I to %I', people, current_user);
                end loop;
            end
            $$
            """;

    private PeopleRoles() {}

    /**
     * Sees to it that there are the roles, and that we may work as them.
     *
     * @throws InvalidSetting when we may not, and may not change that
     */
    static void prepare(DataSource database) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery(MAY_BE_THEM)) {
                if (rows.next() && rows.getBoolean(1)) {
                    return;
                }
            }
            statement.execute(MAKE);
        } catch (SQLException e) {
            throw new InvalidSetting(
                    "The database needs the roles gatehouse_people and gatehouse_soc, and ours may neither make nor use them: %s Have its administrator make them and grant them to ours, as 'Database' in docs/configuration.md says."
                            .formatted(e.getMessage()),
                    e);
        }
    }
}
