package dev.gatehouse.workbench.web.frame;

import dev.gatehouse.workbench.platform.fields.FieldProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A form as the page shows it: what was typed, and what is wrong with it.
 *
 * @param edited what is changed; empty for something new
 * @param texts what the fields hold, by their names in the API; never a password
 * @param problems what is wrong
 */
public record TypedForm(Optional<UUID> edited, Map<String, String> texts, List<FieldProblem> problems) {

    public TypedForm {
        texts = Map.copyOf(texts);
        problems = List.copyOf(problems);
    }

    public boolean isNew() {
        return edited.isEmpty();
    }

    /** What a field holds. */
    public String text(String field) {
        return texts.getOrDefault(field, "");
    }

    /** What is wrong with a field; empty when nothing is. */
    public String problem(String field) {
        return problems.stream()
                .filter(problem -> problem.field().equals(field))
                .map(FieldProblem::message)
                .findFirst()
                .orElse("");
    }

    /** What the page marks an input with; null when nothing is wrong. */
    public boolean isInvalid(String field) {
        return !problem(field).isEmpty();
    }
}
