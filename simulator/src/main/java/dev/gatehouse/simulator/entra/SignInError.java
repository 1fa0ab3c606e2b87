package dev.gatehouse.simulator.entra;

import java.util.Arrays;
import java.util.Optional;

/**
 * The errors with which Entra ID refuses an application, each with its number, its {@code error}, its HTTP status and
 * its text. The texts are Microsoft's, from
 * <a href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">the reference of AADSTS codes</a>
 * and from answers quoted in public. Where no source gives a status, the one that the family uses was taken.
 */
public enum SignInError {
    TENANT_NOT_FOUND(
            90002,
            "invalid_tenant",
            400,
            "Tenant '%s' not found. Check to make sure you have the correct tenant ID and are signing into the correct"
                    + " cloud. Check with your subscription administrator, this may happen if there are no active"
                    + " subscriptions for the tenant."),
    TENANT_NAME_MALFORMED(
            900023,
            "invalid_request",
            400,
            "Specified tenant identifier '%s' is neither a valid DNS name, nor a valid external domain."),
    TENANT_GONE(
            5000224,
            "invalid_request",
            400,
            "We are sorry, this resource is not available. If you are seeing this message by mistake, please contact"
                    + " Microsoft support."),
    TENANT_BLOCKED_FOR_INACTIVITY(5000225, "invalid_grant", 400, "This tenant has been blocked due to inactivity."),
    CERTIFICATE_CHAIN_REFUSED(7000213, "invalid_client", 401, "Invalid certificate chain."),
    TENANT_IN_NATIONAL_CLOUD(
            90038, "invalid_request", 400, "Tenant '%s' request is being redirected to the National Cloud '%s'."),
    CROSS_CLOUD_REQUEST(900382, "invalid_request", 400, "Confidential Client is not supported in Cross Cloud request."),
    CROSS_CLOUD_CONFIDENTIAL_CLIENT(
            900432, "invalid_request", 400, "Confidential Client is not supported in Cross Cloud request."),
    GRANT_NOT_ON_COMMON(
            9001023,
            "invalid_request",
            400,
            "The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or"
                    + " tenant-specific endpoint."),
    NOT_MULTI_TENANT(
            50194,
            "invalid_request",
            400,
            "Application '%s' is not configured as a multi-tenant application. Usage of the /common endpoint is not"
                    + " supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure"
                    + " the application to be multi-tenant."),
    MALFORMED_REQUEST(9002313, "invalid_request", 400, "Invalid request. Request is malformed or invalid."),
    ONLY_POST(900561, "invalid_request", 400, "The endpoint only accepts POST requests. Received a %s request."),
    PARAMETER_MISSING(900144, "invalid_request", 400, "The request body must contain the following parameter: '%s'."),
    GRANT_UNSUPPORTED(70003, "unsupported_grant_type", 400, "The app requested an unsupported grant type '%s'."),
    APPLICATION_NOT_FOUND(
            700016,
            "unauthorized_client",
            400,
            "Application with identifier '%s' was not found in the directory '%s'. This can happen if the application"
                    + " has not been installed by the administrator of the tenant or consented to by any user in the"
                    + " tenant. You may have sent your authentication request to the wrong tenant."),
    APPLICATION_DISABLED(7000112, "unauthorized_client", 400, "Application '%s'(%s) is disabled."),
    APPLICATION_UNAUTHORISED(
            70001, "unauthorized_client", 400, "The application named '%s' is disabled or not authorized."),
    SERVICE_PRINCIPAL_MISSING(
            7000229,
            "unauthorized_client",
            400,
            "The client application %s is missing service principal in the tenant %s. See instructions here:"
                    + " https://go.microsoft.com/fwlink/?linkid=2225119"),
    CREDENTIAL_MISSING(
            7000218,
            "invalid_client",
            401,
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
    CREDENTIAL_FROM_PUBLIC_CLIENT(
            700025,
            "invalid_client",
            401,
            "Client is public so neither 'client_assertion' nor 'client_secret' should be presented."),
    SECRET_WRONG(
            7000215,
            "invalid_client",
            401,
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value,"
                    + " not the client secret ID, for a secret added to app '%s'."),
    SECRET_EXPIRED(
            7000222,
            "invalid_client",
            401,
            "The provided client secret keys for app '%s' are expired. Visit the Azure portal to create new keys for"
                    + " your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added"
                    + " security: https://aka.ms/certCreds."),
    ASSERTION_MALFORMED(50027, "invalid_request", 400, "JWT token is invalid or malformed."),
    ASSERTION_FOR_ANOTHER_APPLICATION(
            700021,
            "invalid_client",
            401,
            "Client assertion application identifier doesn't match 'client_id' parameter. Review the documentation at"
                    + " https://learn.microsoft.com/entra/identity-platform/certificate-credentials."),
    ASSERTION_FOR_ANOTHER_AUDIENCE(
            700023,
            "invalid_client",
            401,
            "Client assertion audience claim does not match Realm issuer. Review the documentation at"
                    + " https://learn.microsoft.com/entra/identity-platform/certificate-credentials."),
    ASSERTION_OUT_OF_TIME(
            700024,
            "invalid_client",
            401,
            "Client assertion is not within its valid time range. Current time: %s, assertion valid from %s, expiry"
                    + " time of assertion %s. Review the documentation at"
                    + " https://learn.microsoft.com/entra/identity-platform/certificate-credentials."),
    ASSERTION_OUT_OF_TIME_OLDER(500133, "invalid_client", 401, "Assertion is not within its valid time range."),
    CERTIFICATE_UNKNOWN(
            700027,
            "invalid_client",
            401,
            "The certificate with identifier used to sign the client assertion is not registered on application."
                    + " [Reason - %s, Thumbprint of key used by client: '%s', Please visit the Azure Portal, Graph"
                    + " Explorer or directly use MS Graph to see configured keys for app Id '%s'.]"),
    BLOCKED_BY_CONDITIONAL_ACCESS(
            53003,
            "invalid_grant",
            400,
            "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance."),
    BLOCKED_BY_SECURITY_POLICY(530032, "invalid_grant", 400, "Access has been blocked by security policy."),
    SCOPE_INVALID(
            70011,
            "invalid_scope",
            400,
            "The provided value for the input parameter 'scope' is not valid. The scope %s is not valid."),
    SCOPE_WITHOUT_DEFAULT(
            1002012,
            "invalid_scope",
            400,
            "The provided value for scope %s is not valid. Client credential flows must have a scope value with"
                    + " /.default suffixed to the resource identifier (application ID URI)."),
    SCOPE_OF_TWO_RESOURCES(
            700022,
            "invalid_request",
            400,
            "The provided value for the input parameter scope '%s' isn't valid because it contains more than one"
                    + " resource."),
    AUTHORIZATION_PENDING(
            70016,
            "authorization_pending",
            400,
            "The provided request has not yet been authorized by the user. The user must input their code."),
    AUTHORIZATION_DECLINED(70015, "authorization_declined", 400, "The user denied the request."),
    DEVICE_CODE_UNKNOWN(
            70018, "bad_verification_code", 400, "Invalid verification code due to user typing in wrong user code."),
    DEVICE_CODE_EXPIRED(70019, "expired_token", 400, "Verification code expired. Have the user retry the sign-in."),
    CODE_ALREADY_REDEEMED(
            54005,
            "invalid_grant",
            400,
            "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing"
                    + " refresh token."),
    CODE_VERIFIER_WRONG(
            501481,
            "invalid_grant",
            400,
            "The Code_Verifier does not match the code_challenge supplied in the authorization request."),
    DELEGATED_CONSENT_MISSING(
            65001,
            "invalid_grant",
            400,
            "The user or administrator has not consented to use the application with ID '%s'. Send an interactive"
                    + " authorization request for this user and resource."),
    NOT_PREAUTHORIZED(
            65002,
            "invalid_request",
            400,
            "Consent between first party application '%s' and first party resource"
                    + " '00000003-0000-0000-c000-000000000000' must be configured via preauthorization."),
    REQUEST_BUDGET_EXCEEDED(90024, "temporarily_unavailable", 503, "A transient error has occurred. Please try again."),
    DIRECTORY_UNAVAILABLE(90033, "temporarily_unavailable", 503, "A transient error has occurred. Please try again."),
    EXTERNAL_SERVER_UNAVAILABLE(90006, "server_error", 503, "The service is temporarily unavailable."),
    GRAPH_UNAVAILABLE(90090, "server_error", 503, "The service is temporarily unavailable."),
    TENANT_THROTTLED(90055, "temporarily_unavailable", 429, "There are too many incoming requests."),
    LOOP_DETECTED(
            50196,
            "invalid_request",
            400,
            "A client loop has been detected. Check the app's logic to ensure that token caching is implemented, and that"
                    + " error conditions are handled correctly. The app has made too many of the same request in too"
                    + " short a period, indicating that it is in a faulty state or is abusively requesting tokens.");

    private final int code;
    private final String error;
    private final int status;
    private final String text;

    SignInError(int code, String error, int status, String text) {
        this.code = code;
        this.error = error;
        this.status = status;
        this.text = text;
    }

    /** The number behind {@code AADSTS}. */
    public int code() {
        return code;
    }

    /** OAuth's name for the family, e.g. {@code invalid_client}. */
    public String error() {
        return error;
    }

    public int status() {
        return status;
    }

    /** The text with its details filled in; details that are not given stay empty. */
    String describe(Object... details) {
        var blanks = text.split("%s", -1).length - 1;
        var filled = Arrays.copyOf(details, Math.max(blanks, details.length));
        Arrays.setAll(filled, index -> filled[index] == null ? "" : filled[index]);
        return text.formatted(filled);
    }

    /** Finds an error by its number. */
    public static Optional<SignInError> withCode(int code) {
        return Arrays.stream(values()).filter(error -> error.code == code).findFirst();
    }
}
