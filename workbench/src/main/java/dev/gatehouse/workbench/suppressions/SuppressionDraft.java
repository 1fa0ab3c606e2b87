package dev.gatehouse.workbench.suppressions;

import java.util.EnumMap;
import java.util.Map;

/**
 * A suppression as it was typed. Times are in ISO 8601 with a zone; the owner is an e-mail address or a name that is the only
 * one of its kind.
 *
 * @param texts what each field says; what is not there is empty
 */
public record SuppressionDraft(Map<SuppressionField, String> texts) {

    /** Says nothing yet. */
    public static final SuppressionDraft EMPTY = new SuppressionDraft(Map.of());

    public SuppressionDraft {
        texts = Map.copyOf(texts);
    }

    /** The same with another text in one field. */
    public SuppressionDraft with(SuppressionField field, String text) {
        var more = new EnumMap<SuppressionField, String>(SuppressionField.class);
        more.putAll(texts);
        more.put(field, text);
        return new SuppressionDraft(more);
    }

    /** What a field says, without blanks around it. */
    public String text(SuppressionField field) {
        return texts.getOrDefault(field, "").strip();
    }
}
