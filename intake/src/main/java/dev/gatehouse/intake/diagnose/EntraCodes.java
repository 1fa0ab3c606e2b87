package dev.gatehouse.intake.diagnose;

import dev.gatehouse.model.Trouble;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Entra's numbers mean, for each way of signing in: what is wrong with a secret is not what is wrong with a certificate,
 * and an administrator has neither.
 *
 * <p>In the texts {@code {tenant}}, {@code {application}} and {@code {cloud}} stand for who signs in where, and
 * {@code {words}} for Microsoft's words.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">Entra's error codes</a>
 */
final class EntraCodes {

    /** How somebody signs in. */
    enum Way {
        SECRET,
        CERTIFICATE,
        /** An administrator, by a code that is typed elsewhere. */
        DEVICE_CODE,
        /** An administrator, by a browser on the same machine. */
        BROWSER;

        boolean isAdministrator() {
            return this == DEVICE_CODE || this == BROWSER;
        }
    }

    /** What a number means. */
    record Explanation(Trouble trouble, String cause, String cure) {}

    static final String CHECK_IDS =
            "Copy Directory (tenant) ID and Application (client) ID again from %s, and make sure they are not swapped."
                    .formatted(Portal.OVERVIEW);
    private static final String CHECK_DIRECTORY =
            "Enter the customer's Directory (tenant) ID, and the cloud that it lives in.";
    static final String NEW_SECRET =
            "Create a new client secret in %s and paste its Value, which is shown only right after it was created."
                    .formatted(Portal.SECRETS);
    static final String UPLOAD_CERTIFICATE =
            "Upload the device's certificate in %s, where its thumbprint has to stand among the certificates. One that is new there works after some minutes."
                    .formatted(Portal.SECRETS);
    static final String NEW_CERTIFICATE =
            "Make a new certificate, upload it in %s, and edit the device: paste the new certificate and its private key."
                    .formatted(Portal.SECRETS);
    static final String GRANT_CONSENT =
            "A Global Administrator or Privileged Role Administrator has to select Grant admin consent in %s."
                    .formatted(Portal.PERMISSIONS);
    private static final String CONSENT_ONCE =
            "Sign in as a Global Administrator or Privileged Role Administrator, and consent on Microsoft's page. Another public client may be named with --client-id.";
    static final String CHECK_POLICIES =
            "An administrator of the tenant has to exclude the application in %s, or allow this server's address. The policy's name stands in %s."
                    .formatted(Portal.CONDITIONAL_ACCESS, Portal.SIGN_IN_LOGS);
    private static final String TAKE_A_BROWSER =
            "Sign in with a browser on the machine at hand: gatehouse tenant … --browser. If that is blocked as well, the policy's name stands in %s."
                    .formatted(Portal.USER_SIGN_IN_LOGS);
    private static final String CHECK_USER_POLICIES =
            "Sign in from a device and a place that the tenant's policies allow. The policy's name stands in %s."
                    .formatted(Portal.USER_SIGN_IN_LOGS);
    private static final String ENABLE =
            "An administrator of the tenant has to set Enabled for users to sign in to Yes in %s."
                    .formatted(Portal.PROPERTIES);
    private static final String CHECK_CLOUD =
            "Choose the cloud that the tenant lives in. Sign-ins to global, GCC High and DoD are separate.";
    static final String WAIT = "Nothing to do: Gatehouse tries again. If it lasts, see Microsoft's service health.";
    private static final String LATER = "Try again later. If it lasts, see Microsoft's service health.";
    private static final String REPORT =
            "This is a fault of Gatehouse or of the cloud's configured addresses: check them, and report it with the code.";
    private static final String AS_SOMEBODY_ELSE =
            "Sign in with an account of the customer's directory that may do it.";

    private static final Map<Integer, Map<Way, Explanation>> CODES = new EntraCodes().table();

    private final Map<Integer, Map<Way, Explanation>> table = new HashMap<>();

    private EntraCodes() {}

    /** What a number means for whoever signs in that way; empty when that is not known to us. */
    static Optional<Explanation> explain(int number, Way way) {
        return Optional.ofNullable(CODES.get(number)).map(byWay -> byWay.get(way));
    }

    /** The numbers that mean something to us. */
    static Set<Integer> known() {
        return CODES.keySet();
    }

    private Map<Integer, Map<Way, Explanation>> table() {
        directories();
        applications();
        secrets();
        certificates();
        policiesAndConsent();
        administrators();
        requests();
        return Map.copyOf(table);
    }

    private void directories() {
        all(Trouble.BAD_TENANT, "Entra's cloud {cloud} knows no directory {tenant}.", CHECK_IDS, 90002);
        all(Trouble.BAD_TENANT, "Directory ID {tenant} is neither a GUID nor a domain.", CHECK_IDS, 900023);
        all(Trouble.BAD_TENANT, "Directory {tenant} is gone or not available.", CHECK_IDS, 5000224);
        administrator(null, CHECK_DIRECTORY, 90002, 900023, 5000224);
        all(
                Trouble.BAD_TENANT,
                "Microsoft has blocked directory {tenant} because nobody has used it for a long time.",
                "Its owner has to reactivate the directory: a Global Administrator signs in to the Microsoft Entra admin center and follows what is shown there, or asks Microsoft's support.",
                5000225);
        all(
                Trouble.BAD_TENANT,
                "The sign-in went to a shared address in place of the customer's own directory.",
                CHECK_IDS,
                9001023,
                50194);
        administrator(null, CHECK_DIRECTORY, 9001023, 50194);
        all(
                Trouble.WRONG_CLOUD,
                "Directory {tenant} does not live in cloud {cloud}.",
                CHECK_CLOUD,
                90038,
                900382,
                900432);
        all(
                Trouble.WRONG_CLOUD,
                "Directory {tenant} does not know the Microsoft Graph of cloud {cloud}.",
                CHECK_CLOUD,
                500011);
    }

    private void applications() {
        all(Trouble.BAD_APPLICATION, "Directory {tenant} knows no application {application}.", CHECK_IDS, 700016);
        administrator(
                "Directory {tenant} does not know the public client {application} that the sign-in goes through.",
                CONSENT_ONCE,
                700016);
        all(
                Trouble.BAD_APPLICATION,
                "Application {application} has no service principal in directory {tenant}.",
                "Open the application in %s and select Create Service Principal, or check that it was registered in this directory."
                        .formatted(Portal.OVERVIEW),
                7000229);
        administrator(null, CONSENT_ONCE, 7000229);
        all(Trouble.APPLICATION_DISABLED, "Application {application} is switched off.", ENABLE, 7000112, 70001);
        all(
                Trouble.APPLICATION_DISABLED,
                "Microsoft Graph is switched off in directory {tenant}.",
                "An administrator of the tenant has to enable the enterprise application Microsoft Graph.",
                500014);
        application(
                Trouble.REQUEST_REFUSED,
                "Application {application} is registered as a public client, which may sign in with neither a secret nor a certificate.",
                "Set Allow public client flows to No in %s.".formatted(Portal.AUTHENTICATION),
                700025);
    }

    private void secrets() {
        secret(Trouble.BAD_SECRET, "Entra does not accept the client secret.", NEW_SECRET, 7000215);
        secret(
                Trouble.SECRET_EXPIRED,
                "The client secret of application {application} has expired.",
                NEW_SECRET,
                7000222);
        secret(
                Trouble.BAD_SECRET,
                "Entra received no client secret.",
                "Edit the device and paste the client secret's Value again.",
                7000218,
                7000216);
        for (var number : new int[] {7000218, 7000216}) {
            put(
                    number,
                    Way.CERTIFICATE,
                    Trouble.BAD_CERTIFICATE,
                    "Entra received nothing that the device's certificate had signed.",
                    "Edit the device and paste the certificate and its private key again. Check also whether a proxy changes requests.");
        }
        administrator(
                "The client {application} that the sign-in goes through is not registered as a public client.",
                "Set Allow public client flows to Yes in %s, or leave --client-id away."
                        .formatted(Portal.AUTHENTICATION),
                7000218);
    }

    private void certificates() {
        certificate(
                Trouble.BAD_CERTIFICATE,
                "Entra does not know the certificate that signed the sign-in.",
                UPLOAD_CERTIFICATE,
                700027);
        certificate(
                Trouble.BAD_CERTIFICATE,
                "Entra does not accept the chain of the certificate: it does not lead to an authority that it trusts for application {application}.",
                "Upload the device's certificate itself in %s. If the directory takes certificates of certain authorities only, make the device one of theirs."
                        .formatted(Portal.SECRETS),
                7000213);
        certificate(
                Trouble.CERTIFICATE_EXPIRED,
                "The certificate of application {application} is not valid at this time.",
                NEW_CERTIFICATE,
                1000502);
        certificate(
                Trouble.BAD_CERTIFICATE,
                "What the certificate signed for the sign-in is not valid at this time.",
                "Set the clock of the server that Gatehouse runs on.",
                700024,
                500133);
        certificate(
                Trouble.BAD_CERTIFICATE,
                "What the certificate signed for the sign-in was meant for another address. {words}",
                "Check the cloud's sign-in address in the configuration.",
                700023);
        certificate(
                Trouble.BAD_CERTIFICATE,
                "Entra could not read what the certificate signed for the sign-in. {words}",
                "Edit the device and paste the certificate and its private key again. Check also whether a proxy changes requests.",
                50027,
                700021);
        // Older: one number for all that can be wrong with what an application signs in with.
        put(50012, Way.SECRET, Trouble.BAD_SECRET, "Entra does not accept the client secret. {words}", NEW_SECRET);
        put(
                50012,
                Way.CERTIFICATE,
                Trouble.BAD_CERTIFICATE,
                "Entra does not accept the certificate. {words}",
                UPLOAD_CERTIFICATE);
    }

    private void policiesAndConsent() {
        int[] byPolicy = {53003, 530032, 53000, 53001, 53002, 53004, 530034, 530035};
        all(
                Trouble.BLOCKED_BY_POLICY,
                "Conditional Access blocked the sign-in of application {application}.",
                CHECK_POLICIES,
                byPolicy);
        for (var number : byPolicy) {
            put(
                    number,
                    Way.DEVICE_CODE,
                    Trouble.BLOCKED_BY_POLICY,
                    "Conditional Access blocked the sign-in by device code, as many tenants do. {words}",
                    TAKE_A_BROWSER);
            put(
                    number,
                    Way.BROWSER,
                    Trouble.BLOCKED_BY_POLICY,
                    "Conditional Access blocked the administrator's sign-in. {words}",
                    CHECK_USER_POLICIES);
        }
        int[] consent = {65001, 90094, 650056, 650057};
        all(
                Trouble.CONSENT_MISSING,
                "Nobody consented to what application {application} asks for.",
                GRANT_CONSENT,
                consent);
        administrator("Nobody consented to what the client {application} asks for.", CONSENT_ONCE, consent);
        all(
                Trouble.PERMISSION_MISSING,
                "Application {application} is not authorised in advance for Microsoft Graph.",
                "Use an application of the customer's own directory, with the permissions of the setup guide.",
                65002);
        administrator(null, "Leave --client-id away, or name a public client of the customer's own directory.", 65002);
    }

    private void administrators() {
        administratorOnly(
                "The directory wants a second factor.",
                "Sign in with an account that has one set up, in a browser on the machine at hand if the device code does not ask for it: gatehouse tenant … --browser.",
                50076,
                50079,
                50072,
                50158);
        administratorOnly("The second factor was not given.", "Sign in again and confirm it.", 500121, 50074);
        administratorOnly("User name or password is wrong.", "Sign in again.", 50126);
        administratorOnly("The account is not in directory {tenant}.", AS_SOMEBODY_ELSE, 50034, 50020, 90072, 51004);
        administratorOnly(
                "The account is locked after too many attempts.",
                "Wait a while, or have another administrator unlock it.",
                50053);
        administratorOnly("The account's password has expired.", "Change it, and sign in again.", 50055);
        administratorOnly("The account is switched off.", AS_SOMEBODY_ELSE, 50057);
        administratorOnly(
                "The account is not assigned to the client {application}.",
                "Have an administrator assign it in %s, or sign in with another account.".formatted(Portal.PROPERTIES),
                50105);
        administratorOnly(
                "Whoever signed in did not consent.", "Sign in again, and consent on Microsoft's page.", 65004);
        administratorOnly("The code was not typed in time.", "Start again, and type the new code.", 70019, 70020);
        administratorOnly("The code has not been typed yet.", "Type the code on the page that is shown.", 70016);
        administratorOnly("The sign-in was too long ago.", "Sign in again.", 70043, 70044, 700082, 70008, 50173);
        administratorOnly(
                "The client {application} does not allow a sign-in to come back to this machine.",
                "Add http://localhost as a redirect address of a public client in %s, or leave --client-id away."
                        .formatted(Portal.AUTHENTICATION),
                50011,
                500113);
    }

    private void requests() {
        all(
                Trouble.REQUEST_REFUSED,
                "Entra does not accept the scope that was asked for. {words}",
                REPORT,
                70011,
                1002012,
                700022);
        all(Trouble.REQUEST_REFUSED, "Entra did not understand the sign-in request. {words}", REPORT, 9002313, 900144);
        all(
                Trouble.THROTTLED,
                "Entra takes no more sign-ins of this directory for now.",
                "Nothing to do: Gatehouse waits and tries again.",
                90055);
        all(
                Trouble.THROTTLED,
                "Application {application} signs in too often.",
                "See what else uses this application; give Gatehouse one of its own if it is shared.",
                50196);
        administrator(null, LATER, 90055, 50196);
        all(Trouble.MICROSOFT_ERROR, "Entra has a passing fault.", WAIT, 90024, 90033, 90006, 90090);
        administrator(null, LATER, 90024, 90033, 90006, 90090);
    }

    // The table's own words

    private void all(Trouble trouble, String cause, String cure, int... numbers) {
        application(trouble, cause, cure, numbers);
        for (var number : numbers) {
            put(number, Way.DEVICE_CODE, trouble, cause, cure);
            put(number, Way.BROWSER, trouble, cause, cure);
        }
    }

    private void application(Trouble trouble, String cause, String cure, int... numbers) {
        for (var number : numbers) {
            put(number, Way.SECRET, trouble, cause, cure);
            put(number, Way.CERTIFICATE, trouble, cause, cure);
        }
    }

    /** What is about a secret; a device with a certificate may hear of it all the same. */
    private void secret(Trouble trouble, String cause, String cure, int... numbers) {
        for (var number : numbers) {
            put(number, Way.SECRET, trouble, cause, cure);
            put(
                    number,
                    Way.CERTIFICATE,
                    Trouble.BAD_CERTIFICATE,
                    "Entra did not accept the sign-in with the device's certificate. {words}",
                    UPLOAD_CERTIFICATE);
        }
    }

    /** What is about a certificate; a device with a secret may hear of it all the same. */
    private void certificate(Trouble trouble, String cause, String cure, int... numbers) {
        for (var number : numbers) {
            put(number, Way.CERTIFICATE, trouble, cause, cure);
            put(
                    number,
                    Way.SECRET,
                    Trouble.BAD_SECRET,
                    "Entra did not accept the sign-in with the client secret. {words}",
                    NEW_SECRET);
        }
    }

    private void administratorOnly(String cause, String cure, int... numbers) {
        for (var number : numbers) {
            put(number, Way.DEVICE_CODE, Trouble.REQUEST_REFUSED, cause, cure);
            put(number, Way.BROWSER, Trouble.REQUEST_REFUSED, cause, cure);
        }
    }

    /** Other words for an administrator; the cause stays when it is left out. */
    private void administrator(@Nullable String cause, String cure, int... numbers) {
        for (var number : numbers) {
            for (var way : new Way[] {Way.DEVICE_CODE, Way.BROWSER}) {
                var present = row(number).get(way);
                var trouble = present == null ? Trouble.REQUEST_REFUSED : present.trouble();
                var kept = present == null ? "" : present.cause();
                put(number, way, trouble, cause == null ? kept : cause, cure);
            }
        }
    }

    private void put(int number, Way way, Trouble trouble, String cause, String cure) {
        row(number).put(way, new Explanation(trouble, cause, cure));
    }

    private Map<Way, Explanation> row(int number) {
        return table.computeIfAbsent(number, same -> new EnumMap<>(Way.class));
    }
}
