package dev.gatehouse.workbench.context;

import java.util.List;
import java.util.stream.Collectors;

/** Somebody wanted to change a label that has changed since they looked. Nothing was changed; the message says what was. */
public class LabelChangedMeanwhile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LabelChangedMeanwhile(List<LabelEvent> since) {
        super("Nothing was changed, because it has changed since you looked: "
                + since.stream().map(LabelEvent::sentence).collect(Collectors.joining(" ")));
    }
}
