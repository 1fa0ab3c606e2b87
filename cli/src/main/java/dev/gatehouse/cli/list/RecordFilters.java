package dev.gatehouse.cli.list;

import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Of which device and feed something is wanted, for commands that list. */
public final class RecordFilters {

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only of this device: name, id or Directory ID.")
    private @Nullable String device;

    @Option(names = "--feed", paramLabel = "FEED", description = "Only of this feed, for example alerts.")
    private @Nullable String feed;

    /** The filters of the API. */
    public Map<String, String> query(Devices devices) {
        var query = new LinkedHashMap<String, String>();
        if (device != null) {
            query.put("filter[security_device][id]", Resource.id(devices.find(device)));
        }
        if (feed != null) {
            query.put("filter[feed]", feed);
        }
        return query;
    }
}
