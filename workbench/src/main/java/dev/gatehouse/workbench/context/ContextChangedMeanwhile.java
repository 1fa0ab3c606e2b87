package dev.gatehouse.workbench.context;

import java.util.List;
import java.util.stream.Collectors;

/** Somebody wanted to change a label or a note that has changed since they looked. Nothing was changed; the message says what was. */
public class ContextChangedMeanwhile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ContextChangedMeanwhile(List<ContextEvent> since) {
        super("Nothing was changed, because it has changed since you looked: "
                + since.stream().map(ContextEvent::sentence).collect(Collectors.joining(" ")));
    }
}
