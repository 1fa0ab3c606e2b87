package dev.gatehouse.simulator.directory;

/** Ends a request with an error; caught where the answer is written. */
final class DirectoryError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String text;

    private DirectoryError(int status, String code, String text) {
        // Without a stack trace: it is an outcome, found again in the answer.
        super(text, null, false, false);
        this.status = status;
        this.code = code;
        this.text = text;
    }

    static DirectoryError forbidden() {
        return new DirectoryError(
                403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    }

    static DirectoryError notFound(String id) {
        return new DirectoryError(
                404,
                "Request_ResourceNotFound",
                "Resource '%s' does not exist or one of its queried reference-property objects are not present."
                        .formatted(id));
    }

    static DirectoryError bad(String text) {
        return new DirectoryError(400, "Request_BadRequest", text);
    }

    /** What an app management policy that forbids client secrets answers. */
    static DirectoryError againstPolicy() {
        return new DirectoryError(
                403,
                "CredentialTypeNotAllowedAsPerAppPolicy",
                "Credential type not allowed as per assigned policy 'passwordAddition'.");
    }

    /** What an app management policy answers to a secret or certificate that would live longer than it allows. */
    static DirectoryError livesTooLong(String policyId) {
        return new DirectoryError(
                400,
                "CredentialInvalidLifetimeAsPerAppPolicy",
                "Credential lifetime exceeds the max value allowed as per assigned policy '%s'.".formatted(policyId));
    }

    /** Somebody has made as many objects as one may. */
    static DirectoryError quotaExceeded() {
        return new DirectoryError(
                403,
                "Directory_QuotaExceeded",
                "The directory object quota limit for the Principal has been exceeded. Please ask your administrator to increase the quota limit or delete objects to reduce the used quota.");
    }

    static DirectoryError conflict(String text) {
        return new DirectoryError(409, "Request_MultipleObjectsWithSameKeyValue", text);
    }

    static DirectoryError unauthorized() {
        return new DirectoryError(401, "InvalidAuthenticationToken", "Access token validation failure.");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String text() {
        return text;
    }
}
