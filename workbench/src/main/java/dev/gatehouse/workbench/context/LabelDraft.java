package dev.gatehouse.workbench.context;

import dev.gatehouse.model.Pasted;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody typed about a label, unchecked but for invisible characters.
 *
 * @param title what people call those that have it
 * @param reason why they have it
 * @param values which they are
 * @param ends the last day, or the moment it ends, both in UTC; blank for never
 */
public record LabelDraft(String title, String reason, Map<ValueKind, List<String>> values, String ends) {

    public LabelDraft {
        title = Pasted.text(title);
        reason = reason.strip();
        ends = Pasted.value(ends);
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
