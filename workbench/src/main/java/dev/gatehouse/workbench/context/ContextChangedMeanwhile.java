package dev.gatehouse.workbench.context;

import dev.gatehouse.workbench.people.HistoryEntry;
import java.util.List;
import java.util.stream.Collectors;

/** Somebody wanted to change a label or a note that has changed since they looked. Nothing was changed; the message says what was. */
public class ContextChangedMeanwhile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ContextChangedMeanwhile(List<HistoryEntry> since) {
        super("Nothing was changed, because it has changed since you looked: "
                + since.stream().map(HistoryEntry::sentence).collect(Collectors.joining(" ")));
    }
}
