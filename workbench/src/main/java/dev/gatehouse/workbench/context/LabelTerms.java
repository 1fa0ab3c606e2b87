package dev.gatehouse.workbench.context;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a label says.
 *
 * @param title what people call those that have it, e.g. {@code Backup servers}
 * @param reason why they have it
 * @param values which they are, in lower case; a kind of which there is none may be left out
 * @param actions what follows for alerts that have it
 * @param ends when it stops being true; empty for never
 */
public record LabelTerms(
        String title,
        String reason,
        Map<ValueKind, List<String>> values,
        List<LabelAction> actions,
        Optional<Instant> ends)
        implements Entry.Terms {

    public LabelTerms {
        var copy = new EnumMap<ValueKind, List<String>>(ValueKind.class);
        values.forEach((kind, some) -> {
            if (!some.isEmpty()) {
                copy.put(kind, List.copyOf(some));
            }
        });
        values = Collections.unmodifiableMap(copy);
        actions = List.copyOf(actions);
    }

    /** As conditions name it: {@code "backup servers" in context}. */
    public String key() {
        return key(title);
    }

    static String key(String title) {
        return title.toLowerCase(Locale.ROOT);
    }

    /** Those of one kind. */
    public List<String> of(ValueKind kind) {
        return values.getOrDefault(kind, List.of());
    }

    /** How many there are of all kinds. */
    public int count() {
        return values.values().stream().mapToInt(List::size).sum();
    }

    /** As it is typed. */
    public LabelDraft draft() {
        return new LabelDraft(
                title,
                reason,
                values,
                actions.stream()
                        .map(action -> new LabelDraft.TypedAction(
                                Optional.of(action.id()),
                                action.type().name(),
                                action.investigation()
                                        .map(target -> target.id().toString())
                                        .orElse(""),
                                action.rules(),
                                action.severities()))
                        .toList(),
                ends.map(Instant::toString).orElse(""));
    }
}
