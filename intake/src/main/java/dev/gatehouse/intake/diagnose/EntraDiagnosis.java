package dev.gatehouse.intake.diagnose;

import dev.gatehouse.intake.http.Answer;
import dev.gatehouse.model.ClientCertificate;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Trouble;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Explains why Entra gave no token. Whether it may pass by itself is decided by {@code error} and status, which Microsoft
 * promises; what it was is explained by the AADSTS number, which alone tells causes apart.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">Entra's error codes</a>
 */
public final class EntraDiagnosis {

    /** Words of {@code error} that say that trying again helps. Source: RFC 6749 and Entra's error page. */
    private static final Set<String> PASSING_ERRORS = Set.of("temporarily_unavailable", "server_error");

    private static final String CHECK_IDS =
            "Copy Directory (tenant) ID and Application (client) ID again from %s, and make sure they are not swapped."
                    .formatted(Portal.OVERVIEW);
    private static final String NEW_SECRET =
            "Create a new client secret in %s and paste its Value, which is shown only right after it was created."
                    .formatted(Portal.SECRETS);
    private static final String GRANT_CONSENT =
            "A Global Administrator or Privileged Role Administrator has to select Grant admin consent in %s."
                    .formatted(Portal.PERMISSIONS);
    private static final String CHECK_POLICIES =
            "An administrator of the tenant has to exclude the application in %s, or allow this server's address. The policy's name stands in %s."
                    .formatted(Portal.CONDITIONAL_ACCESS, Portal.SIGN_IN_LOGS);
    private static final String ENABLE =
            "An administrator of the tenant has to set Enabled for users to sign in to Yes in %s."
                    .formatted(Portal.PROPERTIES);
    private static final String CHECK_CLOUD =
            "Choose the cloud that the tenant lives in. Sign-ins to global, GCC High and DoD are separate.";
    private static final String WAIT =
            "Nothing to do: Gatehouse tries again. If it lasts, see Microsoft's service health.";
    private static final String REPORT =
            "This is a fault of Gatehouse or of the cloud's configured addresses: check them, and report it with the code.";

    private static final Explanation SECRET_ID = new Explanation(
            Trouble.SECRET_ID_NOT_VALUE,
            "This looks like the Secret ID. Paste the secret's Value.",
            "The Value stands beside the Secret ID in %s, but only right after the secret was created. If it is hidden, create a new client secret."
                    .formatted(Portal.SECRETS));

    private static final int CERTIFICATE_REFUSED = 700027;

    private static final Explanation CERTIFICATE_EXPIRED = new Explanation(
            Trouble.CERTIFICATE_EXPIRED,
            "The certificate of application {application} has expired.",
            "Make a new certificate, upload it in %s, and edit the device: paste the new certificate and its private key."
                    .formatted(Portal.SECRETS));

    private static final Map<Integer, Explanation> BY_CODE = byCode();

    /** Texts in which {@code {tenant}}, {@code {application}} and {@code {cloud}} stand for the connection's. */
    private record Explanation(Trouble trouble, String cause, String cure) {}

    private EntraDiagnosis() {}

    /**
     * Explains an answer of the token endpoint that holds no token.
     *
     * @param answer what came, with any status
     * @param connection who asked
     */
    public static Diagnosis of(Answer answer, Connection connection) {
        var body = ErrorBody.of(answer);
        var explanation = explain(answer, body, connection);
        return new Diagnosis(
                explanation.trouble(),
                filled(explanation.cause(), connection),
                filled(explanation.cure(), connection),
                body.aadsts().map(number -> "AADSTS" + number).or(body::code),
                OptionalInt.of(answer.status()),
                body.requestId(),
                RetryAfter.of(answer));
    }

    private static Explanation explain(Answer answer, ErrorBody body, Connection connection) {
        var byCode = body.aadsts().flatMap(number -> Optional.ofNullable(BY_CODE.get(number)));
        if (isPassing(answer, body)) {
            return byCode.filter(explanation -> explanation.trouble().isPassing())
                    .orElseGet(() -> passing(answer, body));
        }
        if (byCode.isPresent()) {
            var isSecretId = byCode.get().trouble() == Trouble.BAD_SECRET
                    && connection
                            .clientSecret()
                            .filter(ClientSecret::looksLikeSecretId)
                            .isPresent();
            // The number is the same for a certificate that is not there and for one that is over.
            var isOver = body.aadsts()
                            .filter(number -> number == CERTIFICATE_REFUSED)
                            .isPresent()
                    && connection.credential() instanceof ClientCertificate certificate
                    && certificate.expires().isBefore(answer.receivedAt());
            return isSecretId ? SECRET_ID : isOver ? CERTIFICATE_EXPIRED : byCode.get();
        }
        return byError(answer, body);
    }

    private static boolean isPassing(Answer answer, ErrorBody body) {
        return answer.status() == 429
                || answer.status() >= 500
                || body.code()
                        .map(code -> code.toLowerCase(Locale.ROOT))
                        .filter(PASSING_ERRORS::contains)
                        .isPresent();
    }

    private static Explanation passing(Answer answer, ErrorBody body) {
        return answer.status() == 429
                ? new Explanation(
                        Trouble.THROTTLED,
                        "Entra takes no more sign-ins for now. " + body.quote(),
                        "Nothing to do: Gatehouse waits and tries again.")
                : new Explanation(
                        Trouble.MICROSOFT_ERROR,
                        "Entra answered with error %d. %s".formatted(answer.status(), body.quote()),
                        "Nothing to do: Gatehouse tries again. If it lasts, see Microsoft's service health.");
    }

    /** What remains when the number is missing or new. */
    private static Explanation byError(Answer answer, ErrorBody body) {
        if (body.shape() != ErrorBody.Shape.JSON) {
            return new Explanation(
                    Trouble.UNREADABLE_ANSWER,
                    "The sign-in address of cloud {cloud} did not answer as Entra does (status %d). %s"
                            .formatted(answer.status(), body.quote()),
                    "Check the cloud's sign-in address in the configuration, and whether a proxy stands in between.");
        }
        return switch (body.code().orElse("").toLowerCase(Locale.ROOT)) {
            case "invalid_client" ->
                new Explanation(Trouble.BAD_SECRET, "Entra refused the client secret. " + body.quote(), NEW_SECRET);
            case "unauthorized_client" ->
                new Explanation(
                        Trouble.BAD_APPLICATION,
                        "Entra refused application {application} in directory {tenant}. " + body.quote(),
                        CHECK_IDS);
            case "invalid_tenant" ->
                new Explanation(Trouble.BAD_TENANT, "Entra knows no directory {tenant}. " + body.quote(), CHECK_IDS);
            case "consent_required" ->
                new Explanation(Trouble.CONSENT_MISSING, "Consent is missing. " + body.quote(), GRANT_CONSENT);
            case "interaction_required", "invalid_grant", "access_denied" ->
                new Explanation(
                        Trouble.BLOCKED_BY_POLICY, "A policy blocked the sign-in. " + body.quote(), CHECK_POLICIES);
            case "" ->
                new Explanation(
                        Trouble.UNREADABLE_ANSWER,
                        "Entra's answer (status %d) holds neither a token nor an error.".formatted(answer.status()),
                        "Check the cloud's sign-in address in the configuration, and whether a proxy stands in between.");
            default ->
                new Explanation(
                        Trouble.REQUEST_REFUSED,
                        "Entra refused the sign-in. " + body.quote(),
                        "Look the code up at https://login.microsoftonline.com/error, or in %s."
                                .formatted(Portal.SIGN_IN_LOGS));
        };
    }

    private static String filled(String text, Connection connection) {
        return text.replace("{tenant}", connection.tenant().toString())
                .replace("{application}", connection.application().toString())
                .replace("{cloud}", connection.cloud().name());
    }

    private static Map<Integer, Explanation> byCode() {
        var codes = new HashMap<Integer, Explanation>();
        explain(codes, Trouble.BAD_TENANT, "Entra's cloud {cloud} knows no directory {tenant}.", CHECK_IDS, 90002);
        explain(codes, Trouble.BAD_TENANT, "Directory ID {tenant} is neither a GUID nor a domain.", CHECK_IDS, 900023);
        explain(codes, Trouble.BAD_TENANT, "Directory {tenant} is gone or not available.", CHECK_IDS, 5000224);
        explain(
                codes,
                Trouble.BAD_TENANT,
                "The sign-in went to a shared address in place of the customer's own directory.",
                CHECK_IDS,
                9001023,
                50194);
        explain(
                codes,
                Trouble.BAD_APPLICATION,
                "Directory {tenant} knows no application {application}.",
                CHECK_IDS,
                700016);
        explain(
                codes,
                Trouble.BAD_APPLICATION,
                "Application {application} has no service principal in directory {tenant}.",
                "Open the application in %s and select Create Service Principal, or check that it was registered in this directory."
                        .formatted(Portal.OVERVIEW),
                7000229);
        explain(
                codes,
                Trouble.APPLICATION_DISABLED,
                "Application {application} is switched off.",
                ENABLE,
                7000112,
                70001);
        explain(
                codes,
                Trouble.APPLICATION_DISABLED,
                "Microsoft Graph is switched off in directory {tenant}.",
                "An administrator of the tenant has to enable the enterprise application Microsoft Graph.",
                500014);
        explain(codes, Trouble.BAD_SECRET, "Entra does not accept the client secret.", NEW_SECRET, 7000215);
        explain(
                codes,
                Trouble.BAD_SECRET,
                "Entra received no client secret.",
                "Edit the device and paste the client secret's Value again.",
                7000218);
        explain(
                codes,
                Trouble.SECRET_EXPIRED,
                "The client secret of application {application} has expired.",
                NEW_SECRET,
                7000222);
        explain(
                codes,
                Trouble.REQUEST_REFUSED,
                "Application {application} is registered as a public client, which may not use a secret.",
                "Set Allow public client flows to No in %s.".formatted(Portal.AUTHENTICATION),
                700025);
        explain(
                codes,
                Trouble.BAD_CERTIFICATE,
                "Entra does not know the certificate that signed the sign-in.",
                "Upload the device's certificate in %s, where its thumbprint has to stand among the certificates. One that is new there works after some minutes."
                        .formatted(Portal.SECRETS),
                CERTIFICATE_REFUSED);
        explain(
                codes,
                Trouble.BAD_CERTIFICATE,
                "The signed sign-in is not valid at this time.",
                "Set the clock of the server that Gatehouse runs on.",
                700024,
                500133);
        explain(
                codes,
                Trouble.BLOCKED_BY_POLICY,
                "Conditional Access blocked the sign-in of application {application}.",
                CHECK_POLICIES,
                53003,
                530032);
        explain(
                codes,
                Trouble.CONSENT_MISSING,
                "Nobody consented to what application {application} asks for.",
                GRANT_CONSENT,
                65001,
                90094,
                650056,
                650057);
        explain(
                codes,
                Trouble.PERMISSION_MISSING,
                "Application {application} is not authorised in advance for Microsoft Graph.",
                "Use an application of the customer's own directory, with the permissions of the setup guide.",
                65002);
        explain(
                codes,
                Trouble.WRONG_CLOUD,
                "Directory {tenant} does not live in cloud {cloud}.",
                CHECK_CLOUD,
                90038,
                900382,
                900432);
        explain(
                codes,
                Trouble.WRONG_CLOUD,
                "Directory {tenant} does not know the Microsoft Graph of cloud {cloud}.",
                CHECK_CLOUD,
                500011);
        explain(
                codes,
                Trouble.REQUEST_REFUSED,
                "Entra does not accept the scope that was asked for.",
                REPORT,
                70011,
                1002012,
                700022);
        explain(
                codes,
                Trouble.REQUEST_REFUSED,
                "Entra did not understand the sign-in request.",
                REPORT,
                9002313,
                900144);
        explain(
                codes,
                Trouble.THROTTLED,
                "Entra takes no more sign-ins of this directory for now.",
                "Nothing to do: Gatehouse waits and tries again.",
                90055);
        explain(
                codes,
                Trouble.THROTTLED,
                "Application {application} signs in too often.",
                "See what else uses this application; give Gatehouse one of its own if it is shared.",
                50196);
        explain(codes, Trouble.MICROSOFT_ERROR, "Entra has a passing fault.", WAIT, 90024, 90033, 90006, 90090);
        return Map.copyOf(codes);
    }

    private static void explain(
            Map<Integer, Explanation> codes, Trouble trouble, String cause, String cure, int... numbers) {
        for (var number : numbers) {
            codes.put(number, new Explanation(trouble, cause, cure));
        }
    }
}
