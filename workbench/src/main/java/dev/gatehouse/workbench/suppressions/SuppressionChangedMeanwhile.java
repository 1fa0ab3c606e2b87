package dev.gatehouse.workbench.suppressions;

import java.util.List;
import java.util.stream.Collectors;

/** Somebody wanted to change a suppression that has changed since they looked. Nothing was changed; the message says what was. */
public class SuppressionChangedMeanwhile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SuppressionChangedMeanwhile(List<SuppressionEvent> since) {
        super("Nothing was changed, because it has changed since you looked: "
                + since.stream().map(SuppressionEvent::sentence).collect(Collectors.joining(" ")));
    }
}
