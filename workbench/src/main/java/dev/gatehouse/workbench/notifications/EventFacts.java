package dev.gatehouse.workbench.notifications;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What conditions can ask about one event: all words that a value may be called by, in lower case. */
final class EventFacts {

    private final Map<ConditionField, Set<String>> words = new EnumMap<>(ConditionField.class);

    EventFacts with(ConditionField field, String... values) {
        for (var value : values) {
            if (!value.isBlank()) {
                words.computeIfAbsent(field, any -> new HashSet<>()).add(value.toLowerCase(Locale.ROOT));
            }
        }
        return this;
    }

    Set<String> of(ConditionField field) {
        return words.getOrDefault(field, Set.of());
    }
}
