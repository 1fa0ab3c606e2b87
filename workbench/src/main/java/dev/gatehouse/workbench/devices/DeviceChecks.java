package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.DeviceField.Kind;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Pasted;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.devices.DeviceOwners.Owners;
import dev.gatehouse.workbench.devices.SharedApplications.Filled;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What can be said of a draft without asking Microsoft. */
@Component
class DeviceChecks {

    /** What a draft takes from another device whose application it uses. */
    private static final Set<DeviceField> TAKEN = Set.of(
            DeviceField.DIRECTORY_ID,
            DeviceField.APPLICATION_ID,
            DeviceField.CLIENT_SECRET,
            DeviceField.CLIENT_CERTIFICATE);

    private final Clouds clouds;
    private final InstantSource clock;

    DeviceChecks(Clouds clouds, InstantSource clock) {
        this.clouds = clouds;
        this.clock = clock;
    }

    /**
     * What is wrong with a draft; empty when nothing is.
     *
     * @param present the device that the draft is to change; empty for a new one
     * @param others the ids of all other devices
     * @param owners what is known of organizations
     */
    List<FieldProblem> check(Filled filled, Optional<SecurityDevice> present, ConnectedIds others, Owners owners) {
        if (filled.problem().isPresent()) {
            // What was to be taken from another device is missing, which nobody need be told once more for each field.
            return Stream.concat(
                            filled.problem().stream(),
                            check(filled.draft(), present, others, owners).stream()
                                    .filter(problem -> TAKEN.stream()
                                            .noneMatch(field -> field.key().equals(problem.field()))))
                    .toList();
        }
        return check(filled.draft(), present, others, owners);
    }

    private List<FieldProblem> check(
            DeviceDraft draft, Optional<SecurityDevice> present, ConnectedIds others, Owners owners) {
        var problems = new ArrayList<FieldProblem>();
        DeviceField.ALL.stream()
                .filter(field -> field.kind() == Kind.TEXT)
                .forEach(field -> checkText(draft, field, problems));
        owners.problem(draft).ifPresent(problems::add);
        checkKind(draft, present, problems);
        checkIds(draft, others, problems);
        checkCredential(draft, present.isPresent(), problems);
        checkExpiry(draft, present, problems);
        checkCloud(draft, problems);
        return List.copyOf(problems);
    }

    private static void checkText(DeviceDraft draft, DeviceField field, List<FieldProblem> problems) {
        var text = draft.text(field);
        if (text.isEmpty() && field.isRequired()) {
            problems.add(error(field, field.whenEmpty()));
        } else if (text.length() > field.kind().longest()) {
            problems.add(error(
                    field,
                    "This is too long. Use at most %d characters."
                            .formatted(field.kind().longest())));
        }
    }

    private static void checkKind(DeviceDraft draft, Optional<SecurityDevice> present, List<FieldProblem> problems) {
        var kind = draft.kind();
        if (kind.isEmpty()) {
            problems.add(error(
                    DeviceField.KIND,
                    "There is no technology '%s'. Known are: %s."
                            .formatted(
                                    draft.text(DeviceField.KIND),
                                    Arrays.stream(DeviceKind.values())
                                            .map(DeviceKind::key)
                                            .collect(Collectors.joining(", ")))));
        } else if (present.filter(device -> device.kind() != kind.get()).isPresent()) {
            problems.add(error(
                    DeviceField.KIND,
                    "This device is %s and stays it. Add another device of the kind that you need."
                            .formatted(present.get().kind().title())));
        }
    }

    private void checkCloud(DeviceDraft draft, List<FieldProblem> problems) {
        var name = draft.text(DeviceField.CLOUD);
        if (clouds.named(name).isEmpty()) {
            problems.add(error(
                    DeviceField.CLOUD,
                    "There is no cloud named '%s'. Known clouds are: %s."
                            .formatted(
                                    name,
                                    clouds.all().stream()
                                            .map(cloud -> cloud.name())
                                            .collect(Collectors.joining(", ")))));
        }
    }

    private void checkIds(DeviceDraft draft, ConnectedIds others, List<FieldProblem> problems) {
        var directory =
                parsed(() -> TenantId.parse(draft.text(DeviceField.DIRECTORY_ID)), DeviceField.DIRECTORY_ID, problems);
        var application = parsed(
                () -> ApplicationId.parse(draft.text(DeviceField.APPLICATION_ID)),
                DeviceField.APPLICATION_ID,
                problems);
        directory
                .flatMap(id -> draft.kind().flatMap(kind -> others.deviceOf(id, kind)))
                .ifPresent(device -> problems.add(error(
                        DeviceField.DIRECTORY_ID,
                        "Directory ID %s is already connected as device '%s'. Edit that device instead of adding another."
                                .formatted(directory.get(), device.name()))));
        directory.ifPresent(id -> checkSameCloud(draft, others.devicesOf(id), problems));
        if (directory.isPresent() && application.isPresent()) {
            checkSwapped(directory.get(), application.get(), others, problems);
        }
    }

    /** A directory is in one cloud, whichever device it is read for. */
    private void checkSameCloud(
            DeviceDraft draft, Collection<ConnectedIds.Connected> devices, List<FieldProblem> problems) {
        var wanted = clouds.named(draft.text(DeviceField.CLOUD));
        devices.stream()
                .filter(device ->
                        wanted.isPresent() && !clouds.named(device.cloud()).equals(wanted))
                .findFirst()
                .ifPresent(device -> problems.add(error(
                        DeviceField.CLOUD,
                        "Device '%s' reads this directory in the cloud '%s'. Choose that one."
                                .formatted(device.name(), device.cloud()))));
    }

    /** Both ids stand on the same page of the portal and look alike, so people mix them up. */
    private static void checkSwapped(
            TenantId directory, ApplicationId application, ConnectedIds others, List<FieldProblem> problems) {
        if (directory.value().equals(application.value())) {
            problems.add(
                    error(
                            DeviceField.APPLICATION_ID,
                            "Application ID and Directory ID are the same. They are two different values on the app registration's Overview page."));
        } else if (others.haveSwapped(directory, application)) {
            problems.add(
                    warning(
                            DeviceField.APPLICATION_ID,
                            "Directory ID and Application ID look swapped: another device uses one of them the other way round."));
        }
    }

    private void checkCredential(DeviceDraft draft, boolean mayBeBlank, List<FieldProblem> problems) {
        if (!draft.bringsCredential()) {
            if (!mayBeBlank) {
                problems.add(
                        error(
                                DeviceField.CLIENT_SECRET,
                                "Client secret is empty. Paste the secret's Value from Certificates & secrets, or use a certificate."));
            }
            return;
        }
        if (!draft.bringsCertificate()) {
            var secret = new ClientSecret(draft.text(DeviceField.CLIENT_SECRET));
            if (secret.looksLikeSecretId()) {
                problems.add(
                        warning(
                                DeviceField.CLIENT_SECRET,
                                "This looks like the Secret ID. Paste the secret's Value; if it is no longer shown, make a new secret."));
            } else if (secret.looksMangled()) {
                problems.add(
                        warning(
                                DeviceField.CLIENT_SECRET,
                                "This holds characters that no client secret has, such as stars in place of the Value or typographic quotes. Copy the Value from the portal with its copy button; if it is no longer shown, make a new secret."));
            }
            return;
        }
        if (!draft.text(DeviceField.CLIENT_SECRET).isBlank()) {
            problems.add(error(
                    DeviceField.CLIENT_CERTIFICATE,
                    "Give either a client secret or a certificate. Empty one of the two."));
            return;
        }
        parsed(draft::credential, DeviceField.CLIENT_CERTIFICATE, problems)
                .flatMap(credential -> draft.expires())
                .filter(end -> end.isBefore(clock.instant()))
                .ifPresent(end -> problems.add(warning(
                        DeviceField.CLIENT_CERTIFICATE,
                        "This certificate has expired on %s, so Microsoft will refuse it. Make a new one."
                                .formatted(ExpiryText.day(Optional.of(end))))));
    }

    private void checkExpiry(DeviceDraft draft, Optional<SecurityDevice> edited, List<FieldProblem> problems) {
        if (!draft.text(DeviceField.CLIENT_SECRET_ID).isBlank()) {
            parsed(
                    () -> UUID.fromString(Pasted.value(draft.text(DeviceField.CLIENT_SECRET_ID))),
                    DeviceField.CLIENT_SECRET_ID,
                    problems);
        }
        Optional<Instant> expires;
        try {
            expires = ExpiryText.parse(draft.text(DeviceField.CLIENT_SECRET_EXPIRES));
        } catch (IllegalArgumentException e) {
            problems.add(error(DeviceField.CLIENT_SECRET_EXPIRES, String.valueOf(e.getMessage())));
            return;
        }
        if (expires.isEmpty()) {
            return;
        }
        var isOfTheOldSecret = !draft.text(DeviceField.CLIENT_SECRET).isBlank()
                && edited.flatMap(device -> device.credential().expires())
                        .filter(old -> isSame(old, draft.text(DeviceField.CLIENT_SECRET_EXPIRES)))
                        .isPresent();
        if (isOfTheOldSecret) {
            problems.add(warning(
                    DeviceField.CLIENT_SECRET_EXPIRES,
                    "This is the day of the secret that you are replacing. Enter the new one's, or leave it empty."));
        } else if (expires.get().isBefore(clock.instant())) {
            problems.add(
                    warning(
                            DeviceField.CLIENT_SECRET_EXPIRES,
                            "That day has come already, so Microsoft will refuse the secret. Check the day, or make a new secret."));
        }
    }

    /** The directory that a draft names, if it is one. */
    static Optional<TenantId> directory(DeviceDraft draft) {
        try {
            return Optional.of(TenantId.parse(draft.text(DeviceField.DIRECTORY_ID)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether what was typed is the time that we have, or its day. */
    static boolean isSame(Instant known, String typed) {
        return Pasted.value(typed).equals(ExpiryText.day(Optional.of(known)))
                || ExpiryText.parse(typed).equals(Optional.of(known));
    }

    /** Two people may add the same directory at the same moment; the database lets one of them through. */
    static FieldProblem connectedMeanwhile(String directory) {
        return error(
                DeviceField.DIRECTORY_ID,
                "Directory ID %s is already connected by another device of this kind.".formatted(directory));
    }

    private static <T> Optional<T> parsed(Supplier<T> parser, DeviceField field, List<FieldProblem> problems) {
        try {
            return Optional.of(parser.get());
        } catch (IllegalArgumentException e) {
            problems.add(error(field, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private static FieldProblem error(DeviceField field, String message) {
        return FieldProblem.error(field.key(), message);
    }

    private static FieldProblem warning(DeviceField field, String message) {
        return FieldProblem.warning(field.key(), message);
    }
}
