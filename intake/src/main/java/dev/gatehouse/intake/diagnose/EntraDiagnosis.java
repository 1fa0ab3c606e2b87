package dev.gatehouse.intake.diagnose;

import dev.gatehouse.intake.diagnose.EntraCodes.Explanation;
import dev.gatehouse.intake.diagnose.EntraCodes.Way;
import dev.gatehouse.intake.http.Answer;
import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.ClientCertificate;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Explains why Entra gave no token. What Microsoft says comes first, whatever the status: the AADSTS number, which alone
 * tells causes apart ({@link EntraCodes}), then the word of RFC 6749, then the status. A number that is not known to us is
 * said to be so, with Microsoft's words and without a guess.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">Entra's error codes</a>
 */
public final class EntraDiagnosis {

    /** Words of {@code error} that say that trying again helps. Source: RFC 6749 and Entra's error page. */
    private static final Set<String> PASSING_ERRORS = Set.of("temporarily_unavailable", "server_error");

    private static final Explanation SECRET_ID = new Explanation(
            Trouble.SECRET_ID_NOT_VALUE,
            "This looks like the Secret ID. Paste the secret's Value.",
            "The Value stands beside the Secret ID in %s, but only right after the secret was created. If it is hidden, create a new client secret."
                    .formatted(Portal.SECRETS));

    private static final int CERTIFICATE_REFUSED = 700027;

    private static final Explanation CERTIFICATE_EXPIRED = new Explanation(
            Trouble.CERTIFICATE_EXPIRED,
            "The certificate of application {application} has expired.",
            EntraCodes.NEW_CERTIFICATE);

    private static final String CHECK_ADDRESS =
            "Check the cloud's sign-in address in the configuration, and whether a proxy stands in between.";

    private EntraDiagnosis() {}

    /**
     * An administrator who signs in.
     *
     * @param tenant to which directory
     * @param client through which public client
     * @param cloud in which cloud
     * @param isByDeviceCode whether by a code that is typed elsewhere, and not by a browser on the same machine
     */
    public record Administrator(TenantId tenant, ApplicationId client, Cloud cloud, boolean isByDeviceCode) {}

    /**
     * Explains an answer of the token endpoint that holds no token.
     *
     * @param answer what came, with any status
     * @param connection who asked
     */
    public static Diagnosis of(Answer answer, Connection connection) {
        var body = ErrorBody.of(answer);
        var explanation = explain(answer, body, connection);
        var whose = new Whose(connection.tenant(), connection.application(), connection.cloud());
        return new Diagnosis(
                explanation.trouble(),
                whose.filled(explanation.cause(), body.quote()),
                whose.filled(explanation.cure(), body.quote()),
                number(body.aadsts(), wayOf(connection))
                        .map(number -> "AADSTS" + number)
                        .or(body::code),
                OptionalInt.of(answer.status()),
                body.requestId(),
                RetryAfter.of(answer));
    }

    /**
     * Explains what Entra said to an administrator, on its page or to the sign-in library.
     *
     * @param words Microsoft's, with a number or without
     */
    public static Diagnosis ofAdministrator(String words, Administrator administrator) {
        var way = administrator.isByDeviceCode() ? Way.DEVICE_CODE : Way.BROWSER;
        var numbers = ErrorBody.aadsts(words);
        var quoted = ErrorBody.quoted(words);
        var quote = quoted.isEmpty() ? "Microsoft gave no further explanation." : "Microsoft says: " + quoted;
        var explanation = known(numbers, way)
                .orElseGet(() -> numbers.isEmpty()
                        ? new Explanation(
                                Trouble.REQUEST_REFUSED,
                                "{words}",
                                "Try again; if it lasts, report it with these words.")
                        : unknown(numbers.getFirst()));
        var whose = new Whose(administrator.tenant(), administrator.client(), administrator.cloud());
        return new Diagnosis(
                explanation.trouble(),
                whose.filled(explanation.cause(), quote),
                whose.filled(explanation.cure(), quote),
                number(numbers, way).map(number -> "AADSTS" + number),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Way wayOf(Connection connection) {
        return connection.credential() instanceof ClientCertificate ? Way.CERTIFICATE : Way.SECRET;
    }

    private static Explanation explain(Answer answer, ErrorBody body, Connection connection) {
        var way = wayOf(connection);
        var known = known(body.aadsts(), way);
        if (known.isPresent()) {
            var isSecretId = known.get().trouble() == Trouble.BAD_SECRET
                    && connection
                            .clientSecret()
                            .filter(ClientSecret::looksLikeSecretId)
                            .isPresent();
            // The number is the same for a certificate that is not there and for one that is over.
            var isOver = body.aadsts().contains(CERTIFICATE_REFUSED)
                    && connection.credential() instanceof ClientCertificate certificate
                    && certificate.expires().isBefore(answer.receivedAt());
            return isSecretId ? SECRET_ID : isOver ? CERTIFICATE_EXPIRED : known.get();
        }
        if (isPassing(answer, body)) {
            return passing(answer);
        }
        return body.aadsts().isEmpty()
                ? byError(answer, body, way)
                : unknown(body.aadsts().getFirst());
    }

    /** The first number that means something to us: older answers wrap the telling one in a general one. */
    private static Optional<Explanation> known(List<Integer> numbers, Way way) {
        return numbers.stream()
                .flatMap(number -> EntraCodes.explain(number, way).stream())
                .findFirst();
    }

    private static Optional<Integer> number(List<Integer> numbers, Way way) {
        return numbers.stream()
                .filter(number -> EntraCodes.explain(number, way).isPresent())
                .findFirst()
                .or(() -> numbers.stream().findFirst());
    }

    private static Explanation unknown(int number) {
        return new Explanation(
                Trouble.REQUEST_REFUSED,
                "Entra refused the sign-in with AADSTS%d, which is not known to us. {words}".formatted(number),
                "Read Microsoft's words, and look the code up at https://login.microsoftonline.com/error?code=%d or in %s."
                        .formatted(number, Portal.SIGN_IN_LOGS));
    }

    private static boolean isPassing(Answer answer, ErrorBody body) {
        return answer.status() == 429
                || answer.status() >= 500
                || body.code()
                        .map(code -> code.toLowerCase(Locale.ROOT))
                        .filter(PASSING_ERRORS::contains)
                        .isPresent();
    }

    private static Explanation passing(Answer answer) {
        return answer.status() == 429
                ? new Explanation(
                        Trouble.THROTTLED,
                        "Entra takes no more sign-ins for now. {words}",
                        "Nothing to do: Gatehouse waits and tries again.")
                : new Explanation(
                        Trouble.MICROSOFT_ERROR,
                        "Entra answered with error %d. {words}".formatted(answer.status()),
                        EntraCodes.WAIT);
    }

    /** What remains when there is no number. */
    private static Explanation byError(Answer answer, ErrorBody body, Way way) {
        if (body.shape() != ErrorBody.Shape.JSON) {
            return new Explanation(
                    Trouble.UNREADABLE_ANSWER,
                    "The sign-in address of cloud {cloud} did not answer as Entra does (status %d). {words}"
                            .formatted(answer.status()),
                    CHECK_ADDRESS);
        }
        var error = body.code().orElse("").toLowerCase(Locale.ROOT);
        return switch (error) {
            case "invalid_client" ->
                way == Way.CERTIFICATE
                        ? new Explanation(
                                Trouble.BAD_CERTIFICATE,
                                "Entra refused the application or its certificate (invalid_client). {words}",
                                EntraCodes.UPLOAD_CERTIFICATE)
                        : new Explanation(
                                Trouble.BAD_SECRET,
                                "Entra refused the application or its client secret (invalid_client). {words}",
                                EntraCodes.NEW_SECRET);
            case "unauthorized_client" ->
                new Explanation(
                        Trouble.BAD_APPLICATION,
                        "Entra refused application {application} in directory {tenant}. {words}",
                        EntraCodes.CHECK_IDS);
            case "invalid_tenant" ->
                new Explanation(Trouble.BAD_TENANT, "Entra knows no directory {tenant}. {words}", EntraCodes.CHECK_IDS);
            case "consent_required" ->
                new Explanation(Trouble.CONSENT_MISSING, "Consent is missing. {words}", EntraCodes.GRANT_CONSENT);
            case "" ->
                new Explanation(
                        Trouble.UNREADABLE_ANSWER,
                        "Entra's answer (status %d) holds neither a token nor an error.".formatted(answer.status()),
                        CHECK_ADDRESS);
            default ->
                new Explanation(
                        Trouble.REQUEST_REFUSED,
                        "Entra refused the sign-in (%s), for a reason that is not known to us. {words}"
                                .formatted(error),
                        "Read Microsoft's words, and look the sign-in up in %s.".formatted(Portal.SIGN_IN_LOGS));
        };
    }

    /** What the texts speak of. */
    private record Whose(TenantId tenant, ApplicationId application, Cloud cloud) {

        String filled(String text, String words) {
            return text.replace("{tenant}", tenant.toString())
                    .replace("{application}", application.toString())
                    .replace("{cloud}", cloud.name())
                    .replace("{words}", words);
        }
    }
}
