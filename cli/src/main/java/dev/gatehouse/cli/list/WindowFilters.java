package dev.gatehouse.cli.list;

import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which windows of time to list: of which device and feed, and when. */
public final class WindowFilters {

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only of this device: name, id or Directory ID.")
    private @Nullable String device;

    @Option(
            names = "--feed",
            paramLabel = "FEED",
            description = "Only of this feed: alerts, incidents, logon-events, query-events, directory-events.")
    private @Nullable String feed;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only those that end after this: 30m, 24h, 7d ago, a date, or a time.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only those that begin before this.")
    private @Nullable String to;

    /** The filters as the API takes them; others may be added. */
    public Map<String, String> query(Devices devices) {
        var query = new LinkedHashMap<String, String>();
        if (device != null) {
            query.put("filter[security_device][id]", Resource.id(devices.find(device)));
        }
        if (feed != null) {
            query.put("filter[feed]", feed);
        }
        if (from != null) {
            query.put("filter[from]", TimeText.parse("--from", from));
        }
        if (to != null) {
            query.put("filter[to]", TimeText.parse("--to", to));
        }
        return query;
    }
}
