package dev.gatehouse.workbench.investigations;

import java.util.List;
import java.util.stream.Collectors;

/** Somebody wanted to change what had changed since they looked. Nothing was done; the message says what happened. */
public class InvestigationChangedMeanwhile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<InvestigationEvent> since;

    InvestigationChangedMeanwhile(List<InvestigationEvent> since) {
        super(since.stream()
                .map(InvestigationWords::sentence)
                .distinct()
                .limit(10)
                .collect(Collectors.joining(" ")));
        this.since = List.copyOf(since);
    }

    /** What happened since they looked, oldest first. */
    public List<InvestigationEvent> since() {
        return since;
    }
}
