package dev.gatehouse.workbench.alerts;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Somebody wanted to change alerts that had changed since they looked. Nothing was done to these; the message says what happened. */
public class AlertsChangedMeanwhile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Map<UUID, List<AlertEvent>> since;
    private final int done;

    AlertsChangedMeanwhile(Map<UUID, List<AlertEvent>> since, int done) {
        super(since.values().stream()
                .flatMap(List::stream)
                .map(AlertWords::sentence)
                .distinct()
                .limit(10)
                .collect(Collectors.joining(" ")));
        this.since = Map.copyOf(since);
        this.done = done;
    }

    /** What happened since they looked, for each alert that was left alone; oldest first. */
    public Map<UUID, List<AlertEvent>> since() {
        return since;
    }

    /** How many of the alerts that they meant had not changed, and were changed as they wanted. */
    public int done() {
        return done;
    }
}
