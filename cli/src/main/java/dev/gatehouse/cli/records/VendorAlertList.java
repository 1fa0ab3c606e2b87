package dev.gatehouse.cli.records;

import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.list.ListCommand;
import dev.gatehouse.cli.list.Listing;
import dev.gatehouse.cli.list.Listing.Column;
import dev.gatehouse.cli.list.TimeText;
import dev.gatehouse.cli.terminal.CommandContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists vendor alerts, the last changed first. */
@Command(name = "alerts", description = "List vendor alerts, the last changed first.", mixinStandardHelpOptions = true)
public final class VendorAlertList extends ListCommand {

    // Without Microsoft's id, which would take the title's place; programs find it in the JSON.
    private static final Listing LISTING = new Listing(
            "vendor_alerts",
            "There are no such vendor alerts.",
            Column.time("UPDATED (UTC)", "updated_at"),
            Column.whole("SEVERITY", "microsoft_severity"),
            Column.whole("STATUS", "microsoft_status"),
            Column.text("TITLE", "vendor_sig_name"),
            Column.text("DEVICE", "device_name"),
            Column.whole("VENDOR INCIDENT", "incident_id"));

    @Option(
            names = "--severity",
            split = ",",
            paramLabel = "SEVERITY",
            description = "Only these: high, medium, low, informational. Commas or several times.")
    private List<String> severities = List.of();

    @Option(
            names = "--status",
            split = ",",
            paramLabel = "STATUS",
            description = "Only these states in Microsoft's portal: new, inProgress, resolved.")
    private List<String> statuses = List.of();

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only of this device: name, id or Directory ID.")
    private @Nullable String device;

    @Option(names = "--text", description = "Only those with this text in the title, an account, a host or an address.")
    private @Nullable String text;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Only those that Microsoft made since: 30m, 24h, 7d, a date, or a time such as 2026-11-23T12:00:00Z.")
    private @Nullable String since;

    public VendorAlertList(CommandContext context) {
        super(context, LISTING);
    }

    @Override
    protected Map<String, String> query(Devices devices) {
        var query = new LinkedHashMap<String, String>();
        query.put("sort", "-updated_at");
        if (!severities.isEmpty()) {
            query.put("filter[severity]", String.join(",", severities));
        }
        if (!statuses.isEmpty()) {
            query.put("filter[microsoft_status]", String.join(",", statuses));
        }
        if (device != null) {
            query.put("filter[security_device][id]", Resource.id(devices.find(device)));
        }
        if (text != null) {
            query.put("flag[search]", text);
        }
        if (since != null) {
            query.put("filter[created_at]", ">=" + TimeText.parse("--since", since));
        }
        return query;
    }
}
