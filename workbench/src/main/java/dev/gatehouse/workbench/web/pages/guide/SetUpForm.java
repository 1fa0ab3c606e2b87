package dev.gatehouse.workbench.web.pages.guide;

import dev.gatehouse.workbench.onboard.SetUp;
import dev.gatehouse.workbench.onboard.SetUpDraft;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The form for a customer who is set up, as the page shows it.
 *
 * @param edited the set-up that is changed; empty for a new one
 * @param draft as typed
 * @param problems what is wrong
 * @param offered a new GUID for organizations that have none
 */
public record SetUpForm(Optional<UUID> edited, SetUpDraft draft, List<FieldProblem> problems, UUID offered) {

    static SetUpForm of(Optional<UUID> edited, SetUpDraft draft, List<FieldProblem> problems) {
        return new SetUpForm(edited, draft, problems, UUID.randomUUID());
    }

    static SetUpForm of(SetUp setUp) {
        return of(Optional.of(setUp.id()), SetUpDraft.of(setUp), List.of());
    }

    /** What a set-up holds, by the names of the fields. */
    static Map<String, String> values(SetUp setUp) {
        var draft = SetUpDraft.of(setUp);
        return Map.of(
                "name", draft.name(),
                "directory_id", draft.directoryId(),
                "organization", draft.organization(),
                "cloud", draft.cloud(),
                "device_name", draft.deviceName(),
                "location", draft.location(),
                "adopted_id", draft.adoptedId(),
                "uses_certificate", draft.usesCertificate() ? "yes" : "",
                "allows_rotation", draft.allowsRotation() ? "yes" : "");
    }

    /** What was typed, out of a request. */
    static SetUpDraft draft(Map<String, String> form) {
        return new SetUpDraft(
                form.getOrDefault("name", ""),
                form.getOrDefault("directory_id", ""),
                form.getOrDefault("organization", ""),
                form.getOrDefault("cloud", ""),
                form.getOrDefault("device_name", ""),
                form.getOrDefault("location", ""),
                form.getOrDefault("adopted_id", ""),
                form.containsKey("uses_certificate"),
                form.containsKey("allows_rotation"));
    }

    /** What is wrong with a field; empty when nothing is. */
    public String problem(String field) {
        return problems.stream()
                .filter(problem -> problem.field().equals(field))
                .findFirst()
                .map(FieldProblem::message)
                .orElse("");
    }

    /** Where the form is sent. */
    public String address() {
        return edited.map(id -> GuidePages.LIST + "/" + id).orElse(GuidePages.LIST);
    }
}
