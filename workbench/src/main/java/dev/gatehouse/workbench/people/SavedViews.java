package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The views that people keep. They belong to an account, not to an organization: whoever works for several finds the same views
 * in each. Every statement names the account.
 */
@Component
public class SavedViews {

    /** As many as one account can keep. */
    public static final int MOST = 50;

    /** As long as a name can be, in characters. */
    public static final int LONGEST_NAME = 60;

    private static final int LONGEST_ADDRESS = 2_000;

    /** An address of ours, and not one that a browser takes for another host's. */
    private static final Pattern OURS = Pattern.compile("/(?!/)[^\\\\\\p{Cntrl}]*");

    private final JdbcClient database;
    private final InstantSource clock;

    SavedViews(JdbcClient database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    private static final String OF = "select * from saved_view where account_id = :account order by lower(name), id";

    /** Those of an account, by name. */
    public List<SavedView> of(UUID account) {
        return database.sql(OF)
                .param("account", account)
                .query((row, number) ->
                        new SavedView(row.getObject("id", UUID.class), row.getString("name"), row.getString("address")))
                .list();
    }

    private static final String SAVE = """
            insert into saved_view (id, account_id, name, address, created_at)
            select :id, :account, :name, :address, :now
            where (select count(*) from saved_view where account_id = :account and name <> :name) < :most
            on conflict (account_id, name) do update set address = excluded.address, created_at = excluded.created_at
            """;

    /**
     * Keeps a view. One of the same name is replaced.
     *
     * @throws InvalidFields when the name is empty or too long, the address is none of ours, or there are too many
     */
    public void save(UUID account, String name, String address) {
        var problems = new ArrayList<FieldProblem>();
        var called = Columns.text(name).strip();
        if (called.isEmpty()) {
            problems.add(FieldProblem.error("name", "Enter a name, for example “My open alerts”."));
        } else if (called.length() > LONGEST_NAME) {
            problems.add(FieldProblem.error(
                    "name", "Shorten the name to %d characters; it has %d.".formatted(LONGEST_NAME, called.length())));
        }
        if (!OURS.matcher(address).matches()) {
            problems.add(FieldProblem.error("address", "Enter the address of a page of Gatehouse, beginning with /."));
        } else if (address.length() > LONGEST_ADDRESS) {
            problems.add(FieldProblem.error(
                    "address",
                    "The address has %d characters; %d fit. Use fewer filters."
                            .formatted(address.length(), LONGEST_ADDRESS)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidFields(problems);
        }
        var saved = database.sql(SAVE)
                .param("id", UUID.randomUUID())
                .param("account", account)
                .param("name", called)
                .param("address", address)
                .param("now", Columns.timestamp(clock.instant()))
                .param("most", MOST)
                .update();
        if (saved == 0) {
            throw new InvalidFields(List.of(FieldProblem.error(
                    "name", "You have %d views, which is as many as can be kept. Remove one first.".formatted(MOST))));
        }
    }

    /**
     * Forgets a view of an account.
     *
     * @return whether that account had one with that id
     */
    public boolean remove(UUID account, UUID id) {
        return database.sql("delete from saved_view where id = :id and account_id = :account")
                        .param("id", id)
                        .param("account", account)
                        .update()
                > 0;
    }
}
