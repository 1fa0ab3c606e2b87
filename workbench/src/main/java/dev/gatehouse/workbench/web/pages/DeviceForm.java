package dev.gatehouse.workbench.web.pages;

import dev.gatehouse.model.Cloud;
import dev.gatehouse.workbench.devices.DeviceCredential.Kind;
import dev.gatehouse.workbench.devices.DeviceDraft;
import dev.gatehouse.workbench.devices.ExpiryText;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The form for a device as the page shows it. It holds what was typed, except the secret: that never travels back.
 *
 * @param edited the device that is changed; empty for a new one
 * @param name as typed
 * @param location as typed
 * @param directoryId as typed
 * @param applicationId as typed
 * @param cloud as chosen
 * @param secretExpires the day as typed
 * @param problems what is wrong, and what may be
 */
public record DeviceForm(
        Optional<UUID> edited,
        String name,
        String location,
        String directoryId,
        String applicationId,
        String cloud,
        String secretExpires,
        List<FieldProblem> problems) {

    static DeviceForm empty() {
        return new DeviceForm(Optional.empty(), "", "", "", "", "", "", List.of());
    }

    static DeviceForm of(SecurityDevice device) {
        return new DeviceForm(
                Optional.of(device.id()),
                device.name(),
                device.location(),
                device.directory().toString(),
                device.application().toString(),
                device.cloud(),
                device.credential().kind() == Kind.CLIENT_SECRET
                        ? ExpiryText.day(device.credential().expires())
                        : "",
                List.of());
    }

    static DeviceForm of(Optional<UUID> edited, DeviceDraft draft, List<FieldProblem> problems) {
        return new DeviceForm(
                edited,
                draft.name(),
                draft.location(),
                draft.directoryId(),
                draft.applicationId(),
                draft.cloud(),
                draft.clientSecretExpires(),
                problems);
    }

    /** What was typed, out of a request. */
    static DeviceDraft draft(Map<String, String> form) {
        return new DeviceDraft(
                form.getOrDefault("name", ""),
                form.getOrDefault("location", ""),
                form.getOrDefault("directory_id", ""),
                form.getOrDefault("application_id", ""),
                form.getOrDefault("client_secret", ""),
                form.getOrDefault("cloud", ""),
                form.getOrDefault("client_secret_expires_at", ""),
                "",
                form.getOrDefault("client_certificate", ""));
    }

    /** The fields, by the names that problems have; the page says something below each. */
    public List<String> fields() {
        return List.of(
                "name",
                "location",
                "directory_id",
                "application_id",
                "client_secret",
                "client_secret_expires_at",
                "client_certificate",
                "cloud");
    }

    /** The most important problem of a field. */
    public Optional<FieldProblem> problem(String field) {
        return problems.stream()
                .filter(problem -> problem.field().equals(field))
                .min((one, other) -> one.weight().compareTo(other.weight()));
    }

    /** Whether the field keeps the device from being saved. */
    public boolean isInvalid(String field) {
        return problem(field).filter(FieldProblem::isError).isPresent();
    }

    public boolean hasErrors() {
        return problems.stream().anyMatch(FieldProblem::isError);
    }

    /** Whether somebody who opens the form should begin to type here: at the first thing that is wrong. */
    public boolean startsAt(String field) {
        return fields().stream()
                .filter(this::isInvalid)
                .findFirst()
                .orElse(fields().getFirst())
                .equals(field);
    }

    /** What almost nobody needs is folded away, unless it holds a choice or a problem. */
    public boolean isAdvancedOpen() {
        return problem("cloud").isPresent() || !(cloud.isBlank() || cloud.equals(Cloud.GLOBAL.name()));
    }

    /** Where the form is sent. */
    public String address() {
        return edited.map(id -> DevicePages.LIST + "/" + id).orElse(DevicePages.LIST);
    }
}
