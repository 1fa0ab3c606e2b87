package dev.gatehouse.workbench.alerts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody wanted to change alerts that had changed since they looked. Nothing was done to these; the message says what happened. */
public class AlertsChangedMeanwhile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Map<UUID, List<AlertEvent>> since;
    private final int done;

    /**
     * Says what happened.
     *
     * @param since to each alert that was left alone; nothing to those that are not there any more
     * @param gone how many are not there any more
     */
    AlertsChangedMeanwhile(Map<UUID, List<AlertEvent>> since, int gone, int done) {
        super(Stream.concat(
                        since.values().stream()
                                .flatMap(List::stream)
                                .map(AlertWords::sentence)
                                .distinct()
                                .limit(10),
                        gone(gone).stream())
                .collect(Collectors.joining(" ")));
        this.since = Map.copyOf(since);
        this.done = done;
    }

    private static Optional<String> gone(int gone) {
        return switch (gone) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of("One is not there any more.");
            default -> Optional.of("%,d are not there any more.".formatted(gone));
        };
    }

    /**
     * What happened since they looked, for each alert that was left alone; oldest first, and nothing for one that is not there any
     * more.
     */
    public Map<UUID, List<AlertEvent>> since() {
        return since;
    }

    /** How many of the alerts that they meant had not changed, and were changed as they wanted. */
    public int done() {
        return done;
    }
}
