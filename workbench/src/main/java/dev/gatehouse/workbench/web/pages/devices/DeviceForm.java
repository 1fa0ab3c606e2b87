package dev.gatehouse.workbench.web.pages.devices;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.DeviceField.Section;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.workbench.devices.DeviceChoices.Choice;
import dev.gatehouse.workbench.devices.DeviceDraft;
import dev.gatehouse.workbench.devices.ExpiryText;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The form for a device as the page shows it, made from the description of its {@linkplain DeviceField fields}. A secret that
 * was typed never travels back.
 *
 * @param scope what whoever fills it in may see
 * @param edited the device that is changed; empty for a new one
 * @param draft as typed
 * @param problems what is wrong, and what may be
 */
public record DeviceForm(Scope scope, Optional<UUID> edited, DeviceDraft draft, List<FieldProblem> problems) {

    static DeviceForm empty(Scope scope) {
        return new DeviceForm(scope, Optional.empty(), DeviceDraft.empty(), List.of());
    }

    static DeviceForm of(Scope scope, SecurityDevice device) {
        return new DeviceForm(scope, Optional.of(device.id()), DeviceDraft.of(device), List.of());
    }

    public boolean isNew() {
        return edited.isEmpty();
    }

    /** What the device is, or is going to be. */
    public DeviceKind kind() {
        return draft.kind().orElse(DeviceKind.USUAL);
    }

    /** What the device is called so far. */
    public String name() {
        return draft.text(DeviceField.NAME);
    }

    /** The parts of the form. */
    public List<Section> sections() {
        return Arrays.stream(Section.values())
                .filter(section -> section != Section.NOWHERE)
                .toList();
    }

    /** The fields of the form, in their order; the page says below each what is wrong. */
    public List<DeviceField> fields() {
        return sections().stream().flatMap(section -> fields(section).stream()).toList();
    }

    /** The fields of a part of the form. */
    public List<DeviceField> fields(Section section) {
        return section.fields().stream()
                .filter(kind().fields()::contains)
                .filter(field -> !field.isOnlyForSoc() || scope instanceof Scope.Everything)
                .filter(field -> !field.isOnlyWhenAdded() || isNew())
                .toList();
    }

    /** What a field shows. */
    public String text(DeviceField field) {
        var text = draft.text(field);
        return switch (field.kind()) {
            case TEXT, ID, CHOICE -> text;
            case DATE -> day(text);
            case SECRET, SECRET_LINES -> "";
        };
    }

    private static String day(String text) {
        try {
            return ExpiryText.day(ExpiryText.parse(text));
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** What stands first among several choices, so that nothing is chosen by itself; empty when the usual one does. */
    public String blankChoice(DeviceField field, List<Choice> offered) {
        if (!field.blankChoice().isEmpty()) {
            return field.blankChoice();
        }
        return offered.stream().noneMatch(Choice::isUsual) && offered.size() > 1 && isNew() ? "Choose…" : "";
    }

    /** Whether a choice is the one that a field shows. */
    public boolean isChosen(DeviceField field, Choice choice) {
        var text = text(field);
        return text.isBlank() ? choice.isUsual() : choice.value().equals(text);
    }

    /** What a field for a secret shows in grey while nothing is typed. */
    public String secretExample() {
        if (!isNew()) {
            return "Unchanged";
        }
        return draft.text(DeviceField.APPLICATION_OF).isEmpty() ? "" : "That of the chosen device";
    }

    /** The most important problem of a field. */
    public Optional<FieldProblem> problem(DeviceField field) {
        return problems.stream()
                .filter(problem -> problem.field().equals(field.key()))
                .min((one, other) -> one.weight().compareTo(other.weight()));
    }

    /** Whether the field keeps the device from being saved. */
    public boolean isInvalid(DeviceField field) {
        return problem(field).filter(FieldProblem::isError).isPresent();
    }

    /** What keeps the device from being saved. */
    public List<FieldProblem> errors() {
        return problems.stream().filter(FieldProblem::isError).toList();
    }

    /** Whether somebody who opens the form should begin to type here. Where something is wrong, its summary takes the focus. */
    public boolean startsAt(DeviceField field) {
        return errors().isEmpty() && fields().getFirst().equals(field);
    }

    /** What almost nobody needs is folded away, unless it holds a choice or a problem. */
    public boolean isOpen(Section section, Map<DeviceField, List<Choice>> choices) {
        return fields(section).stream()
                .anyMatch(
                        field -> problem(field).isPresent() || !isUsual(field, choices.getOrDefault(field, List.of())));
    }

    private boolean isUsual(DeviceField field, List<Choice> offered) {
        return text(field).isBlank()
                || offered.stream().anyMatch(choice -> choice.isUsual() && isChosen(field, choice));
    }

    /** Where the form is sent. */
    public String address() {
        return edited.map(id -> DevicePages.LIST + "/" + id).orElse(DevicePages.LIST);
    }
}
