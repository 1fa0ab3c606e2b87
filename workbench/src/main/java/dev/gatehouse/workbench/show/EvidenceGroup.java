package dev.gatehouse.workbench.show;

import dev.gatehouse.model.Entity;
import dev.gatehouse.model.EntityKind;
import dev.gatehouse.model.Evidence;
import java.util.Arrays;
import java.util.List;

/**
 * Evidence that answers the same question.
 *
 * @param question which one
 * @param items the evidence, in Microsoft's order; never empty
 */
public record EvidenceGroup(Question question, List<Evidence> items) {

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
                case APPLICATION, FILE, PROCESS, URL, OTHER -> WHAT;
            };
        }
    }

    static List<EvidenceGroup> of(List<Evidence> evidence) {
        return Arrays.stream(Question.values())
                .map(question -> new EvidenceGroup(
                        question,
                        evidence.stream()
                                .filter(item -> Question.answeredBy(item) == question)
                                .toList()))
                .filter(group -> !group.items().isEmpty())
                .toList();
    }
}
