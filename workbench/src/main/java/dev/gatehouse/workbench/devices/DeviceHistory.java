package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was done to each device, by whom and when. */
@Component
public class DeviceHistory {

    private final JdbcClient database;
    private final InstantSource clock;

    DeviceHistory(JdbcClient database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    private static final String OF_DEVICE = """
            select action, detail, actor, at from security_device_history
            where device_id = :id and {scope} order by at desc, id desc
            """;

    /** What was done to a device, newest first; also of a removed one. */
    public List<HistoryEntry> of(Scope scope, UUID device) {
        return scope.devices(database, OF_DEVICE, "device_id")
                .param("id", device)
                .query((row, number) -> new HistoryEntry(
                        row.getString("action"),
                        row.getString("detail"),
                        row.getString("actor"),
                        Columns.instant(row, "at")))
                .list();
    }

    private static final String REMEMBER = """
            insert into security_device_history (device_id, action, detail, actor, at)
            select done.id, :action, done.detail, :actor, :now from unnest(:ids::uuid[], :details::text[]) done (id, detail)
            """;

    /**
     * Writes down what was done to devices, in the transaction that does it.
     *
     * @param details what was done, without secrets, by device
     */
    void remember(String action, Map<UUID, String> details, String actor) {
        database.sql(REMEMBER)
                .param("action", action)
                .param("ids", details.keySet().stream().map(UUID::toString).toArray(String[]::new))
                .param("details", details.values().stream().map(Columns::text).toArray(String[]::new))
                .param("actor", actor)
                .param("now", Columns.timestamp(clock.instant()))
                .update();
    }

    /** Writes down what was done to a device. */
    void remember(UUID device, String action, String detail, String actor) {
        remember(action, Map.of(device, detail), actor);
    }

    /** What is different, in the words of the form. */
    static String changes(SecurityDevice before, SecurityDevice after) {
        var changes = DeviceField.ALL.stream()
                .filter(field -> !shown(field, before).equals(shown(field, after)))
                .map(field -> "%s changed from '%s' to '%s'"
                        .formatted(field.label(), shown(field, before), shown(field, after)))
                .toList();
        return changes.isEmpty() ? "Saved without changes" : String.join("; ", changes);
    }

    private static String shown(DeviceField field, SecurityDevice device) {
        var text = device.text(field);
        return switch (field.kind()) {
            case TEXT, ID, CHOICE -> text;
            case DATE -> text.isEmpty() ? "unknown" : ExpiryText.day(ExpiryText.parse(text));
            case SECRET, SECRET_LINES -> "";
        };
    }
}
