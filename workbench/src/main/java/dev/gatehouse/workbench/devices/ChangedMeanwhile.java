package dev.gatehouse.workbench.devices;

import java.util.List;
import java.util.stream.Collectors;

/** A device is not as whoever wants to change it has seen it. The message says what was done to it, and by whom. */
public class ChangedMeanwhile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ChangedMeanwhile(List<HistoryEntry> changes) {
        super(changes.stream()
                .map(change -> "%s (%s).".formatted(change.detail(), change.actor()))
                .collect(Collectors.joining(" ", "Somebody changed this device meanwhile: ", "")));
    }
}
