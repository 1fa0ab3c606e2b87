package dev.gatehouse.workbench.alerts;

import dev.gatehouse.workbench.context.LabelActions.Follows;
import java.util.Optional;

/** What alerts say about what labels did to them. */
final class LabelSentences {

    private LabelSentences() {}

    /** That a label closes an alert. */
    static Tuning.Tuned closes(Follows label) {
        return new Tuning.Tuned(
                CloseReason.SUPPRESSED,
                "Its evidence has the label “%s”, and %s says that such alerts are closed at once."
                        .formatted(label.label(), label.by()),
                Optional.empty());
    }

    /** That a label keeps an alert open. */
    static String keeps(Follows label, Tuning.Tuned otherwise) {
        return "Its evidence has the label “%s”, and %s says that such alerts stay open. Without that it would have been closed: %s"
                .formatted(label.label(), label.by(), otherwise.explanation());
    }

    /** That a label adds an alert to an investigation. */
    static String adds(Follows label, String number) {
        return "Its evidence has the label “%s”, and %s says that such alerts are added to %s."
                .formatted(label.label(), label.by(), number);
    }

    /** That it would, and cannot. */
    static String cannotAdd(Follows label, String number, String why) {
        return "Its evidence has the label “%s”, and %s says that such alerts are added to %s, which %s. It stays where it is."
                .formatted(label.label(), label.by(), number, why);
    }
}
