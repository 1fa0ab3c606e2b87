package dev.gatehouse.cli;

import dev.gatehouse.cli.Table.Column;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists alerts, the last changed first. */
@Command(name = "alerts", description = "List alerts, the last changed first.", mixinStandardHelpOptions = true)
final class Alerts implements Callable<Integer> {

    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");

    private final Surroundings surroundings;

    @Mixin
    private final ServerOptions server = new ServerOptions();

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

    @Mixin
    private final ListOptions list = new ListOptions();

    Alerts(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var limit = list.limit();
        try (var client = server.connect(surroundings)) {
            // Without the alert's id, which would take the title's place; programs find it in the JSON.
            return list.print(
                    surroundings,
                    client.list("vendor_alerts", query(new Devices(client)), limit),
                    "There are no such alerts.",
                    () -> new Table(
                            Column.whole("UPDATED (UTC)"),
                            Column.whole("SEVERITY"),
                            Column.whole("STATUS"),
                            Column.text("TITLE"),
                            Column.text("DEVICE"),
                            Column.whole("INCIDENT")),
                    Alerts::add);
        }
    }

    private static void add(Table table, JsonNode alert) {
        var attributes = alert.path("attributes");
        table.add(
                Devices.time(attributes, "updated_at"),
                Devices.text(attributes, "microsoft_severity"),
                Devices.text(attributes, "microsoft_status"),
                Devices.text(attributes, "vendor_sig_name"),
                Devices.text(attributes, "device_name"),
                Devices.text(attributes, "incident_id"));
    }

    private Map<String, String> query(Devices devices) {
        var query = new LinkedHashMap<String, String>();
        query.put("sort", "-updated_at");
        if (!severities.isEmpty()) {
            query.put("filter[severity]", String.join(",", severities));
        }
        if (!statuses.isEmpty()) {
            query.put("filter[status]", String.join(",", statuses));
        }
        if (device != null) {
            query.put("filter[security_device][id]", Devices.id(devices.find(device)));
        }
        if (text != null) {
            query.put("filter[text]", text);
        }
        if (since != null) {
            query.put(
                    "filter[since]",
                    start("--since", since, InstantSource.system()).toString());
        }
        return query;
    }

    /** The moment that somebody means by {@code 24h}, {@code 2026-11-23} or a time with a zone. */
    static Instant start(String option, String text, InstantSource clock) {
        var ago = AGO.matcher(text.strip());
        if (ago.matches()) {
            var count = Long.parseLong(ago.group(1));
            return clock.instant()
                    .minus(
                            switch (ago.group(2)) {
                                case "s" -> Duration.ofSeconds(count);
                                case "m" -> Duration.ofMinutes(count);
                                case "h" -> Duration.ofHours(count);
                                default -> Duration.ofDays(count);
                            });
        }
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text.strip()).toInstant()
                    : LocalDate.parse(text.strip()).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new Failure(
                    ExitCode.BAD_INPUT,
                    "%s '%s' is no time. Use 30m, 24h, 7d, a date such as 2026-11-23, or 2026-11-23T12:00:00Z."
                            .formatted(option, text),
                    e);
        }
    }
}
