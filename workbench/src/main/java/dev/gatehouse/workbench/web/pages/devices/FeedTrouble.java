package dev.gatehouse.workbench.web.pages.devices;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.workbench.devices.DeviceHealth;
import dev.gatehouse.workbench.devices.FeedHealth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What is wrong with some of a device's feeds, said once however many they are.
 *
 * @param diagnosis that of the first of them
 * @param feeds those that it applies to, in the order of feeds
 * @param isFailing whether it keeps any of them from being read
 */
public record FeedTrouble(Diagnosis diagnosis, List<FeedHealth> feeds, boolean isFailing) {

    /** Of one kind is what has one cause and one cure; which request it was makes no difference. */
    private record Kind(String title, String cause, String cure) {}

    public FeedTrouble {
        feeds = List.copyOf(feeds);
    }

    /** All troubles of a device's feeds, what keeps them from being read first. */
    static List<FeedTrouble> of(DeviceHealth health) {
        var kinds = new LinkedHashMap<Kind, List<FeedHealth>>();
        health.feeds().forEach(feed -> feed.diagnosis().ifPresent(diagnosis -> kinds.computeIfAbsent(
                        new Kind(diagnosis.trouble().title(), diagnosis.cause(), diagnosis.cure()),
                        kind -> new ArrayList<>())
                .add(feed)));
        return kinds.values().stream()
                .map(feeds -> new FeedTrouble(
                        feeds.getFirst().diagnosis().orElseThrow(),
                        feeds,
                        feeds.stream().anyMatch(FeedHealth::isFailing)))
                .sorted((one, other) -> Boolean.compare(other.isFailing(), one.isFailing()))
                .toList();
    }

    /** Whether this is what the device's health names as the worst. */
    public boolean isOf(Diagnosis worst) {
        return worst.trouble() == diagnosis.trouble()
                && worst.cause().equals(diagnosis.cause())
                && worst.cure().equals(diagnosis.cure());
    }

    /** Most failures in a row of any of the feeds. */
    public int failures() {
        return feeds.stream().mapToInt(feed -> feed.state().failures()).max().orElse(0);
    }
}
