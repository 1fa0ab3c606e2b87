package dev.gatehouse.workbench.web.pages.detections;

import dev.gatehouse.workbench.suppressions.SuppressionDraft;
import dev.gatehouse.workbench.suppressions.SuppressionField;
import dev.gatehouse.workbench.web.frame.Moments;
import dev.gatehouse.workbench.web.frame.QueryParameters;
import dev.gatehouse.workbench.web.frame.Typed;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How what a suppression says stands in the fields of the form, with times in the reader's zone, and back. */
final class SuppressionForm {

    private static final List<SuppressionField> TIMES =
            List.of(SuppressionField.STARTS_AT, SuppressionField.ENDS_AT, SuppressionField.REVIEW_AT);

    private SuppressionForm() {}

    /** What was typed, with times as every zone understands them. What is no time stays as it is, to be complained about. */
    static SuppressionDraft draft(Map<String, String> typed) {
        var zone = QueryParameters.of(typed).zone();
        var draft = SuppressionDraft.EMPTY;
        for (var field : SuppressionField.values()) {
            // Browsers send every end of a line as two characters.
            var text = typed.getOrDefault(field.key(), "").replace("\r\n", "\n");
            draft = draft.with(field, TIMES.contains(field) ? inUtc(text, zone) : text);
        }
        return draft;
    }

    private static String inUtc(String text, ZoneId zone) {
        try {
            return Typed.time(text, zone).map(Instant::toString).orElse("");
        } catch (DateTimeException e) {
            return text;
        }
    }

    /** What the fields hold for a draft. */
    static Map<String, String> fields(SuppressionDraft draft, Moments moments) {
        var fields = new HashMap<String, String>();
        for (var field : SuppressionField.values()) {
            var text = draft.text(field);
            fields.put(field.key(), TIMES.contains(field) ? local(text, moments) : text);
        }
        return fields;
    }

    private static String local(String text, Moments moments) {
        try {
            return text.isEmpty() ? "" : moments.field(Instant.parse(text));
        } catch (DateTimeException e) {
            return text;
        }
    }
}
