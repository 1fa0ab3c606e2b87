package dev.gatehouse.workbench.web.live;

import dev.gatehouse.model.Feed;
import dev.gatehouse.workbench.alerts.AlertsChanged;
import dev.gatehouse.workbench.collect.FeedFailed;
import dev.gatehouse.workbench.collect.FeedRecovered;
import dev.gatehouse.workbench.collect.PageStored;
import dev.gatehouse.workbench.collect.ReadAfterAll;
import dev.gatehouse.workbench.collect.WindowQuarantined;
import dev.gatehouse.workbench.devices.DeviceChanged;
import dev.gatehouse.workbench.devices.DevicesAdded;
import dev.gatehouse.workbench.investigations.InvestigationsChanged;
import dev.gatehouse.workbench.onboard.SetUpChanged;
import dev.gatehouse.workbench.reconcile.HoursCompared;
import dev.gatehouse.workbench.reconcile.ReconciliationRequested;
import dev.gatehouse.workbench.replay.ReplayChanged;
import dev.gatehouse.workbench.replay.ReplayRequested;
import dev.gatehouse.workbench.rotation.RotationChanged;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says which topics a fact is about. All of these facts are published after their commit. */
@Component
class News {

    private final Broadcast broadcast;

    News(Broadcast broadcast) {
        this.broadcast = broadcast;
    }

    @EventListener
    void on(PageStored page) {
        broadcast.changed(Topic.DEVICES);
        if (page.newRecords() + page.newVersions() > 0) {
            if (page.feed() == Feed.ALERTS) {
                broadcast.changed(Topic.VENDOR_ALERTS);
            } else if (page.feed() == Feed.INCIDENTS) {
                broadcast.changed(Topic.VENDOR_INCIDENTS);
            }
        }
    }

    @EventListener
    void on(AlertsChanged alerts) {
        broadcast.changed(Topic.ALERTS);
    }

    @EventListener
    void on(InvestigationsChanged investigations) {
        broadcast.changed(Topic.INVESTIGATIONS);
    }

    @EventListener
    void on(ReadAfterAll read) {
        broadcast.changed(Topic.DEVICES);
        if (read.feeds().contains(Feed.ALERTS)) {
            broadcast.changed(Topic.VENDOR_ALERTS);
        }
        if (read.feeds().contains(Feed.INCIDENTS)) {
            broadcast.changed(Topic.VENDOR_INCIDENTS);
        }
    }

    @EventListener
    void on(FeedFailed failure) {
        broadcast.changed(Topic.DEVICES);
    }

    @EventListener
    void on(WindowQuarantined promise) {
        broadcast.changed(Topic.DEVICES);
    }

    @EventListener
    void on(FeedRecovered recovery) {
        broadcast.changed(Topic.DEVICES);
    }

    @EventListener
    void on(DeviceChanged change) {
        broadcast.changed(Topic.DEVICES);
    }

    @EventListener
    void on(DevicesAdded addition) {
        broadcast.changed(Topic.DEVICES);
    }

    @EventListener
    void on(SetUpChanged change) {
        broadcast.changed(Topic.SET_UPS);
    }

    @EventListener
    void on(RotationChanged change) {
        broadcast.changed(Topic.DEVICES);
    }

    @EventListener
    void on(ReplayRequested request) {
        broadcast.changed(Topic.DEVICES);
    }

    @EventListener
    void on(ReplayChanged change) {
        broadcast.changed(Topic.DEVICES);
    }

    @EventListener
    void on(HoursCompared comparison) {
        broadcast.changed(Topic.DEVICES);
    }

    @EventListener
    void on(ReconciliationRequested request) {
        broadcast.changed(Topic.DEVICES);
    }
}
