package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Pasted;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** What can be said of a draft without asking Microsoft. */
@Component
class DeviceChecks {

    static final String DIRECTORY_ID = "directory_id";

    private static final int NO_TEXT_LONGER_THAN = 200;

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
     */
    List<FieldProblem> check(DeviceDraft draft, Optional<SecurityDevice> present, ConnectedIds others) {
        var problems = new ArrayList<FieldProblem>();
        checkText(draft.name(), "name", "Name is empty. Enter what people will know this device by.", problems);
        checkText(
                draft.location(),
                "location",
                "Location is empty. Enter where this device is, for example cloud.",
                problems);
        checkIds(draft, others, problems);
        checkCredential(draft, present.isPresent(), problems);
        checkExpiry(draft, present, problems);
        if (clouds.named(draft.cloud()).isEmpty()) {
            problems.add(FieldProblem.error(
                    "cloud",
                    "There is no cloud named '%s'. Known clouds are: %s."
                            .formatted(
                                    draft.cloud(),
                                    String.join(
                                            ", ",
                                            clouds.all().stream()
                                                    .map(cloud -> cloud.name())
                                                    .toList()))));
        }
        return List.copyOf(problems);
    }

    private static void checkText(String text, String field, String whenEmpty, List<FieldProblem> problems) {
        if (text.isBlank()) {
            problems.add(FieldProblem.error(field, whenEmpty));
        } else if (text.length() > NO_TEXT_LONGER_THAN) {
            problems.add(FieldProblem.error(
                    field, "This is too long. Use at most %d characters.".formatted(NO_TEXT_LONGER_THAN)));
        }
    }

    private static void checkIds(DeviceDraft draft, ConnectedIds others, List<FieldProblem> problems) {
        var directory = parsed(() -> TenantId.parse(draft.directoryId()), DIRECTORY_ID, problems);
        var application = parsed(() -> ApplicationId.parse(draft.applicationId()), "application_id", problems);
        directory
                .flatMap(others::deviceOf)
                .ifPresent(name -> problems.add(FieldProblem.error(
                        DIRECTORY_ID,
                        "Directory ID %s is already connected as device '%s'. Edit that device instead of adding another."
                                .formatted(directory.get(), name))));
        if (directory.isPresent() && application.isPresent()) {
            checkSwapped(directory.get(), application.get(), others, problems);
        }
    }

    /** Both ids stand on the same page of the portal and look alike, so people mix them up. */
    private static void checkSwapped(
            TenantId directory, ApplicationId application, ConnectedIds others, List<FieldProblem> problems) {
        if (directory.value().equals(application.value())) {
            problems.add(
                    FieldProblem.error(
                            "application_id",
                            "Application ID and Directory ID are the same. They are two different values on the app registration's Overview page."));
        } else if (others.haveSwapped(directory, application)) {
            problems.add(
                    FieldProblem.warning(
                            "application_id",
                            "Directory ID and Application ID look swapped: another device uses one of them the other way round."));
        }
    }

    private void checkCredential(DeviceDraft draft, boolean mayBeBlank, List<FieldProblem> problems) {
        if (!draft.bringsCredential()) {
            if (!mayBeBlank) {
                problems.add(
                        FieldProblem.error(
                                "client_secret",
                                "Client secret is empty. Paste the secret's Value from Certificates & secrets, or use a certificate."));
            }
            return;
        }
        if (draft.clientCertificate().isBlank()) {
            var secret = new ClientSecret(draft.clientSecret());
            if (secret.looksLikeSecretId()) {
                problems.add(
                        FieldProblem.warning(
                                "client_secret",
                                "This looks like the Secret ID. Paste the secret's Value; if it is no longer shown, make a new secret."));
            } else if (secret.looksMangled()) {
                problems.add(
                        FieldProblem.warning(
                                "client_secret",
                                "This holds characters that no client secret has, such as stars in place of the Value or typographic quotes. Copy the Value from the portal with its copy button; if it is no longer shown, make a new secret."));
            }
            return;
        }
        if (!draft.clientSecret().isBlank()) {
            problems.add(FieldProblem.error(
                    "client_certificate", "Give either a client secret or a certificate. Empty one of the two."));
            return;
        }
        parsed(draft::credential, "client_certificate", problems)
                .flatMap(credential -> draft.expires())
                .filter(end -> end.isBefore(clock.instant()))
                .ifPresent(end -> problems.add(FieldProblem.warning(
                        "client_certificate",
                        "This certificate has expired on %s, so Microsoft will refuse it. Make a new one."
                                .formatted(ExpiryText.day(Optional.of(end))))));
    }

    private void checkExpiry(DeviceDraft draft, Optional<SecurityDevice> edited, List<FieldProblem> problems) {
        if (!draft.clientSecretId().isBlank()) {
            parsed(() -> UUID.fromString(draft.clientSecretId()), "client_secret_id", problems);
        }
        Optional<Instant> expires;
        try {
            expires = ExpiryText.parse(draft.clientSecretExpires());
        } catch (IllegalArgumentException e) {
            problems.add(FieldProblem.error("client_secret_expires_at", String.valueOf(e.getMessage())));
            return;
        }
        if (expires.isEmpty()) {
            return;
        }
        var isOfTheOldSecret = !draft.clientSecret().isBlank()
                && edited.flatMap(device -> device.credential().expires())
                        .filter(old -> isSame(old, draft.clientSecretExpires()))
                        .isPresent();
        if (isOfTheOldSecret) {
            problems.add(FieldProblem.warning(
                    "client_secret_expires_at",
                    "This is the day of the secret that you are replacing. Enter the new one's, or leave it empty."));
        } else if (expires.get().isBefore(clock.instant())) {
            problems.add(
                    FieldProblem.warning(
                            "client_secret_expires_at",
                            "That day has come already, so Microsoft will refuse the secret. Check the day, or make a new secret."));
        }
    }

    /** Whether what was typed is the time that we have, or its day. */
    static boolean isSame(Instant known, String typed) {
        return Pasted.value(typed).equals(ExpiryText.day(Optional.of(known)))
                || ExpiryText.parse(typed).equals(Optional.of(known));
    }

    /** Two people may add the same directory at the same moment; the database lets one of them through. */
    static FieldProblem connectedMeanwhile(String directory) {
        return FieldProblem.error(
                DIRECTORY_ID, "Directory ID %s is already connected by another device.".formatted(directory));
    }

    private static <T> Optional<T> parsed(Supplier<T> parser, String field, List<FieldProblem> problems) {
        try {
            return Optional.of(parser.get());
        } catch (IllegalArgumentException e) {
            problems.add(FieldProblem.error(field, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }
}
