package dev.gatehouse.workbench.context;

import java.util.Collection;
import java.util.List;

/** What follows from the labels that some vendor alerts have, as it stood when somebody looked. */
public final class LabelActions {

    /** Nothing follows from any. */
    public static final LabelActions NONE = new LabelActions(List.of());

    private final List<Follows> all;

    /**
     * That something follows from a label.
     *
     * @param label what people call it
     * @param by who said so last
     */
    public record Follows(String label, String by, LabelAction action) {}

    LabelActions(List<Follows> all) {
        this.all = List.copyOf(all);
    }

    /**
     * What follows for an alert, in the order of the labels' titles and of the actions of each.
     *
     * @param labels that its evidence has, in lower case
     * @param rule the id of its detection rule
     * @param severity the name of its severity
     */
    public List<Follows> of(Collection<String> labels, String rule, String severity) {
        return all.isEmpty()
                ? List.of()
                : all.stream()
                        .filter(each -> labels.contains(LabelTerms.key(each.label()))
                                && each.action().fits(rule, severity))
                        .toList();
    }
}
