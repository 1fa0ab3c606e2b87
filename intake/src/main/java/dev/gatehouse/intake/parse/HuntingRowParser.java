package dev.gatehouse.intake.parse;

import dev.gatehouse.model.HuntingRow;

/** Reads a row of one of the Identity tables. Any column may be missing but the time. */
final class HuntingRowParser {

    private HuntingRowParser() {}

    static Parsed parse(Parser.Source source, Members row) {
        var timestamp = row.time("Timestamp");
        if (timestamp.isEmpty()) {
            return source.unreadable(Reasons.NO_TIMESTAMP);
        }
        return new Parsed.Understood(new HuntingRow(
                source.tenant(),
                source.feed(),
                timestamp.get(),
                row.text("ActionType"),
                row.text("AccountName"),
                row.text("AccountUpn"),
                row.text("DeviceName"),
                row.text("IPAddress"),
                row.text(
                        "TargetAccountUpn",
                        "TargetAccountDisplayName",
                        "TargetDeviceName",
                        "QueryTarget",
                        "DestinationDeviceName",
                        "DestinationIPAddress"),
                row.text("ReportId"),
                source.version(),
                source.original()));
    }
}
