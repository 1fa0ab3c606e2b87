package dev.gatehouse.workbench.generate;

import dev.gatehouse.model.Collected;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.ledger.Ledger;
import dev.gatehouse.workbench.ledger.PollWindow;
import dev.gatehouse.workbench.ledger.Purpose;
import dev.gatehouse.workbench.ledger.Request;
import dev.gatehouse.workbench.records.Delivery;
import dev.gatehouse.workbench.records.Records;
import dev.gatehouse.workbench.records.Reread;
import dev.gatehouse.workbench.records.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Has records arrive as if Microsoft had sent them at some time: they are read, kept with the feed and the ledger, and decided about. */
public final class Arrivals {

    /** As many vendor alerts as one transaction makes alerts of. */
    private static final int AT_ONCE = 500;

    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final Records records;
    private final Reread reread;
    private final Feeds feeds;
    private final Ledger ledger;
    private final AlertMaking making;

    /** By the means that real records arrive by. */
    public Arrivals(Records records, Reread reread, Feeds feeds, Ledger ledger, AlertMaking making) {
        this.records = records;
        this.reread = reread;
        this.feeds = feeds;
        this.ledger = ledger;
        this.making = making;
    }

    /** A page of vendor alerts; gives the ids of the alerts that were made of it. */
    List<UUID> vendorAlerts(TenantId tenant, List<Original> page, Instant at) {
        keep(tenant, Feed.ALERTS, page, at);
        return PastClock.at(
                at,
                () -> MadeAlerts.during(() -> {
                    while (making.next(tenant, AT_ONCE)) {
                        // Until none waits.
                    }
                }));
    }

    /** A page of vendor incidents. */
    void vendorIncidents(TenantId tenant, List<Original> page, Instant at) {
        keep(tenant, Feed.INCIDENTS, page, at);
    }

    private void keep(TenantId tenant, Feed feed, List<Original> page, Instant at) {
        List<Collected> understood = page.stream()
                .map(original -> reread.read(tenant, feed, original))
                .toList();
        var window = new Window(at.minus(WINDOW), at);
        var request = new Request(
                tenant,
                feed,
                PollWindow.begin(Purpose.POLL, window),
                at,
                Duration.ofMillis(200 + page.size() * 3L),
                page.stream().mapToLong(Original::length).sum(),
                Optional.empty(),
                "");
        PastClock.at(at, () -> {
            records.take(new Delivery(
                    request.origin(),
                    understood,
                    List.of(),
                    List.of(),
                    List.of(
                            taken -> feeds.succeeded(
                                    brought(request, taken),
                                    Optional.of(checkpoint(feed, window)),
                                    Optional.empty(),
                                    Optional.empty()),
                            taken -> ledger.succeeded(request, taken, true))));
            return true;
        });
    }

    private static Feeds.Brought brought(Request request, Taken taken) {
        return new Feeds.Brought(
                request.tenant(),
                request.feed(),
                request.at(),
                taken.isNews(),
                taken.newRecords(),
                taken.newRecords() + taken.newVersions(),
                0,
                0);
    }

    private static Feeds.Checkpoint checkpoint(Feed feed, Window window) {
        return new Feeds.Checkpoint(
                window.from(), window.to(), feed == Feed.ALERTS ? Set.of(DeviceKind.DEFENDER_FOR_IDENTITY) : Set.of());
    }
}
