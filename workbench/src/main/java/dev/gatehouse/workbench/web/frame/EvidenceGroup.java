package dev.gatehouse.workbench.web.frame;

import dev.gatehouse.model.Entity;
import dev.gatehouse.model.EntityKind;
import dev.gatehouse.model.Evidence;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Evidence that answers the same question.
 *
 * @param question which one
 * @param items the evidence, in Microsoft's order; never empty
 */
public record EvidenceGroup(Question question, List<Evidence> items) {

    /** What a browser can show of evidence that is endless. */
    private static final int MOST_PIECES = 200;

    private static final int MOST_DETAILS = 5_000;
    private static final int MOST_DETAILS_OF_ONE = 200;
    private static final int MOST_NAMES = 30;

    /** What an analyst asks first, in that order. */
    public enum Question {
        WHO("Who"),
        WHERE("Where"),
        WHAT("What");

        private final String title;

        Question(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        private static Question answeredBy(Evidence evidence) {
            return evidence.entities().stream()
                    .findFirst()
                    .map(Entity::kind)
                    .map(Question::about)
                    .orElse(WHAT);
        }

        private static Question about(EntityKind kind) {
            return switch (kind) {
                case ACCOUNT, GROUP, SID -> WHO;
                case HOST, IP_ADDRESS, DOMAIN -> WHERE;
                case APPLICATION, FILE, HASH, PROCESS, URL, OTHER -> WHAT;
            };
        }
    }

    /** How many pieces a page leaves out. */
    public static int hidden(List<Evidence> evidence) {
        return Math.max(0, evidence.size() - MOST_PIECES);
    }

    /** The first pieces, grouped, each with as much of it as a page can show. */
    public static List<EvidenceGroup> of(List<Evidence> all) {
        var room = new int[] {MOST_DETAILS};
        var evidence = all.stream()
                .limit(MOST_PIECES)
                .map(piece -> shortened(piece, room))
                .toList();
        return Arrays.stream(Question.values())
                .map(question -> new EvidenceGroup(
                        question,
                        evidence.stream()
                                .filter(item -> Question.answeredBy(item) == question)
                                .toList()))
                .filter(group -> !group.items().isEmpty())
                .toList();
    }

    private static Evidence shortened(Evidence piece, int[] room) {
        var shown = Math.min(room[0], Math.min(piece.details().size(), MOST_DETAILS_OF_ONE));
        room[0] -= shown;
        var details = new LinkedHashMap<String, String>();
        for (var detail : piece.details().entrySet()) {
            if (details.size() == shown) {
                details.put(
                        "…", "%d more in the original".formatted(piece.details().size() - shown));
                break;
            }
            // What is inside says its own type, which its name tells people already.
            if (!detail.getKey().contains("@odata.")) {
                details.put(detail.getKey(), detail.getValue());
            }
        }
        return new Evidence(
                piece.type(),
                piece.roles().subList(0, Math.min(piece.roles().size(), MOST_NAMES)),
                piece.verdict(),
                piece.remediationStatus(),
                piece.entities().subList(0, Math.min(piece.entities().size(), MOST_NAMES)),
                details);
    }
}
