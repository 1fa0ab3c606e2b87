package dev.gatehouse.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Of which device and feed something is wanted, for commands that list. */
final class RecordFilters {

    @Option(names = "--device", paramLabel = "DEVICE", description = "Only of this device: name, id or Directory ID.")
    private @Nullable String device;

    @Option(names = "--feed", paramLabel = "FEED", description = "Only of this feed, for example alerts.")
    private @Nullable String feed;

    /** The filters of the API. */
    Map<String, String> query(Devices devices) {
        var query = new LinkedHashMap<String, String>();
        if (device != null) {
            query.put("filter[security_device][id]", Devices.id(devices.find(device)));
        }
        if (feed != null) {
            query.put("filter[feed]", feed);
        }
        return query;
    }
}
