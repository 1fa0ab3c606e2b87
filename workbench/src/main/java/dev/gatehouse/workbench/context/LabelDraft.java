package dev.gatehouse.workbench.context;

import dev.gatehouse.model.Pasted;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody typed about a label, unchecked but for invisible characters.
 *
 * @param title what people call those that have it
 * @param reason why they have it
 * @param values which they are
 * @param actions what is to follow for alerts that have it
 * @param ends the last day, or the moment it ends, both in UTC; blank for never
 */
public record LabelDraft(
        String title, String reason, Map<ValueKind, List<String>> values, List<TypedAction> actions, String ends) {

    /**
     * What is to follow.
     *
     * @param id of one that is there; empty for a new one
     * @param type the name of a {@link LabelAction.Type}
     * @param investigation its number or id; blank for none
     * @param rules ids of detection rules; none for any
     * @param severities none for any
     */
    public record TypedAction(
            Optional<UUID> id, String type, String investigation, List<String> rules, List<String> severities) {

        public TypedAction {
            type = Pasted.value(type);
            investigation = Pasted.value(investigation);
            rules = List.copyOf(rules);
            severities = List.copyOf(severities);
        }
    }

    /** From which nothing is to follow. */
    public LabelDraft(String title, String reason, Map<ValueKind, List<String>> values, String ends) {
        this(title, reason, values, List.of(), ends);
    }

    /** The same with these actions. */
    public LabelDraft with(List<TypedAction> others) {
        return new LabelDraft(title, reason, values, others, ends);
    }

    public LabelDraft {
        title = Pasted.text(title);
        reason = reason.strip();
        ends = Pasted.value(ends);
        actions = List.copyOf(actions);
        var copy = new EnumMap<ValueKind, List<String>>(ValueKind.class);
        values.forEach((kind, some) -> copy.put(
                kind,
                some.stream()
                        .map(Pasted::text)
                        .filter(value -> !value.isEmpty())
                        .toList()));
        values = Collections.unmodifiableMap(copy);
    }

    /** Values as people write several: each on its line, or with commas between. */
    public static List<String> split(String typed) {
        return Arrays.stream(typed.split("[\\r\\n,;]+", -1))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
