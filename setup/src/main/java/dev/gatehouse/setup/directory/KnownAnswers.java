package dev.gatehouse.setup.directory;

import static dev.gatehouse.setup.directory.Meaning.BUSY;
import static dev.gatehouse.setup.directory.Meaning.FINAL;
import static dev.gatehouse.setup.directory.Meaning.LIVES_TOO_LONG;
import static dev.gatehouse.setup.directory.Meaning.NOT_ALLOWED;
import static dev.gatehouse.setup.directory.Meaning.NOT_THERE_YET;
import static dev.gatehouse.setup.directory.Meaning.THERE_ALREADY;
import static dev.gatehouse.setup.directory.Meaning.UNCLEAR;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What Microsoft answers when it does not do what was asked, and what that means: a table, read from the top, in which the
 * first row that fits decides. Texts come from Microsoft's reference and from public reports of what tenants answered;
 * the service documents few of them.
 *
 * @see <a href="https://learn.microsoft.com/graph/errors">Microsoft Graph error responses</a>
 */
@SuppressWarnings("ImmutableEnumChecker")
final class KnownAnswers {

    private static final Set<GraphOperation> ANY = EnumSet.allOf(GraphOperation.class);
    private static final Set<GraphOperation> CONSENT =
            EnumSet.of(GraphOperation.GRANT_APPLICATION_PERMISSION, GraphOperation.GRANT_DELEGATED_PERMISSION);
    private static final int ANY_STATUS = -1;

    private KnownAnswers() {}

    /**
     * One kind of answer.
     *
     * @param orders what was asked
     * @param status the HTTP status, or {@link #ANY_STATUS}
     * @param code Microsoft's error code, of the error or of one of its details; empty for any
     * @param words what the message has in it; empty for any
     * @param meaning what it means
     * @param cure what helps, for people; empty where the meaning says it all
     */
    record Row(Set<GraphOperation> orders, int status, String code, String words, Meaning meaning, String cure) {

        private boolean fits(GraphOperation order, Refusal.Said said) {
            return orders.contains(order)
                    && (status == ANY_STATUS || status == said.status())
                    && (code.isEmpty() || said.hasCode(code))
                    && lower(said.message()).contains(lower(words));
        }

        private static String lower(String text) {
            return text.toLowerCase(Locale.ROOT);
        }
    }

    static final List<Row> ALL = List.of(
            // ---- What a person has to change -----------------------------------------------------------------------
            // microsoft/azure-tools-for-java#585; a member may have 250 objects, an administrator more.
            new Row(
                    ANY,
                    ANY_STATUS,
                    "Directory_QuotaExceeded",
                    "for the Principal",
                    FINAL,
                    "The quota counts what each person has made, so that another administrator can do it. Otherwise delete app registrations that this one no longer needs, the deleted ones too."),
            new Row(
                    ANY,
                    ANY_STATUS,
                    "Directory_QuotaExceeded",
                    "",
                    FINAL,
                    "The quota is that of the whole directory. Delete objects that nobody needs, or ask Microsoft's support for a larger one."),
            // microsoftgraph/microsoft-graph-docs#21469.
            new Row(
                    ANY,
                    ANY_STATUS,
                    "Directory_ResourceSizeExceeded",
                    "",
                    FINAL,
                    "Remove secrets and certificates of the app registration that are over."),
            // OfficeDev/microsoft-365-agents-toolkit#10998, KelvinTegelaar/CIPP-API#1970.
            new Row(
                    ANY,
                    ANY_STATUS,
                    "CredentialInvalidLifetimeAsPerAppPolicy",
                    "",
                    LIVES_TOO_LONG,
                    "This tenant's policy allows only secrets and certificates that end sooner: enter fewer secretDays in the provider profile."),
            // Text from memory of public reports.
            new Row(
                    EnumSet.of(GraphOperation.ADD_SECRET),
                    ANY_STATUS,
                    "CredentialTypeNotAllowedAsPerAppPolicy",
                    "",
                    FINAL,
                    "This tenant's policy forbids client secrets: choose a certificate in their place."),
            new Row(
                    ANY,
                    ANY_STATUS,
                    "CredentialTypeNotAllowedAsPerAppPolicy",
                    "",
                    FINAL,
                    "This tenant's policy forbids certificates like this one. An administrator can except the app registration from it."),
            // MicrosoftDocs, B2B troubleshooting.
            new Row(
                    EnumSet.of(GraphOperation.INVITE),
                    ANY_STATUS,
                    "",
                    "invitations not allowed",
                    FINAL,
                    "This tenant does not let this account invite guests: see External Identities > External collaboration settings > Guest invite settings."),
            new Row(
                    EnumSet.of(GraphOperation.INVITE),
                    ANY_STATUS,
                    "",
                    "blocked by cross-tenant access settings",
                    FINAL,
                    "Allow B2B collaboration with the provider's organization under Cross-tenant access settings, inbound."),
            new Row(ANY, 401, "", "", FINAL, "The sign-in is over or was revoked: sign in again and start anew."),

            // ---- There already -------------------------------------------------------------------------------------
            new Row(
                    EnumSet.of(GraphOperation.ASSIGN_ROLE),
                    400,
                    "RoleAssignmentExists",
                    "",
                    THERE_ALREADY,
                    "Look for an assignment made by Privileged Identity Management."),
            // AzureAD/azure-ad-test-tools#1554.
            new Row(EnumSet.of(GraphOperation.ASSIGN_ROLE), 400, "", "conflicting object", THERE_ALREADY, ""),
            // Entra's documents on cross-tenant synchronization; whether with 400 or 409 is not said.
            new Row(
                    EnumSet.of(GraphOperation.ADD_PARTNER, GraphOperation.REGISTER_APPLICATION),
                    ANY_STATUS,
                    "",
                    "Another object with the same value for property",
                    THERE_ALREADY,
                    "It may be among the deleted ones: look under Deleted applications."),
            new Row(
                    EnumSet.of(GraphOperation.CREATE_SERVICE_PRINCIPAL),
                    ANY_STATUS,
                    "",
                    "is already in use",
                    THERE_ALREADY,
                    "Look under Enterprise applications for the one that has that name, a deleted one too."),
            // microsoftgraph/msgraph-bicep-types#161 has the second.
            new Row(
                    EnumSet.of(GraphOperation.GRANT_APPLICATION_PERMISSION),
                    ANY_STATUS,
                    "",
                    "Permission being assigned already exists",
                    THERE_ALREADY,
                    ""),
            new Row(
                    EnumSet.of(GraphOperation.GRANT_APPLICATION_PERMISSION),
                    ANY_STATUS,
                    "",
                    "EntitlementGrant entry already exists",
                    THERE_ALREADY,
                    ""),
            // hashicorp/terraform-provider-azuread#690.
            new Row(
                    EnumSet.of(GraphOperation.GRANT_DELEGATED_PERMISSION),
                    ANY_STATUS,
                    "",
                    "Permission entry already exists",
                    THERE_ALREADY,
                    ""),
            new Row(
                    EnumSet.of(GraphOperation.ADD_OWNER),
                    ANY_STATUS,
                    "",
                    "added object references already exist",
                    THERE_ALREADY,
                    ""),
            new Row(
                    EnumSet.of(GraphOperation.INVITE),
                    ANY_STATUS,
                    "",
                    "already exists in the directory",
                    THERE_ALREADY,
                    "An address of the tenant's own domains cannot be invited."),
            new Row(ANY, ANY_STATUS, "ObjectConflict", "", THERE_ALREADY, ""),
            new Row(ANY, ANY_STATUS, "Request_MultipleObjectsWithSameKeyValue", "", THERE_ALREADY, ""),

            // ---- Later
            // -----------------------------------------------------------------------------------------------
            new Row(ANY, ANY_STATUS, "Directory_ConcurrencyViolation", "", BUSY, ""),
            new Row(ANY, 429, "", "", BUSY, ""),
            new Row(ANY, 509, "", "", BUSY, ""),
            new Row(ANY, 409, "", "", THERE_ALREADY, ""),

            // ---- Not there yet
            // ---------------------------------------------------------------------------------------
            // microsoftgraph/msgraph-bicep-types#193. Wrong ids are answered so too.
            new Row(CONSENT, 400, "", "Not a valid reference update", NOT_THERE_YET, ""),
            // hashicorp/vault-plugin-secrets-azure#8.
            new Row(
                    EnumSet.of(GraphOperation.CREATE_SERVICE_PRINCIPAL),
                    400,
                    "",
                    "does not reference a valid application object",
                    NOT_THERE_YET,
                    ""),
            new Row(
                    EnumSet.of(GraphOperation.CREATE_SERVICE_PRINCIPAL),
                    ANY_STATUS,
                    "NoBackingApplicationObject",
                    "",
                    NOT_THERE_YET,
                    ""),
            // hashicorp/terraform-provider-azuread#611; with 403, although nobody has to get another role.
            new Row(
                    EnumSet.of(GraphOperation.CREATE_SERVICE_PRINCIPAL),
                    403,
                    "",
                    "backing application of the service principal",
                    NOT_THERE_YET,
                    ""),
            new Row(
                    EnumSet.of(GraphOperation.REMOVE_SECRET),
                    400,
                    "",
                    "No password credential found",
                    NOT_THERE_YET,
                    ""),
            new Row(
                    ANY,
                    ANY_STATUS,
                    "",
                    "does not exist or one of its queried reference-property objects are not present",
                    NOT_THERE_YET,
                    ""),
            new Row(ANY, ANY_STATUS, "Request_ResourceNotFound", "", NOT_THERE_YET, ""),
            new Row(ANY, 404, "", "", NOT_THERE_YET, ""),

            // ---- The rest ----------------------------------------------------------------------------------------
            new Row(ANY, 403, "", "", NOT_ALLOWED, ""));

    /** The first row that fits. */
    static Row of(GraphOperation order, Refusal.Said said) {
        return ALL.stream()
                .filter(row -> row.fits(order, said))
                .findFirst()
                .orElse(said.status() == 0 || said.status() >= 500 ? LOST : UNKNOWN);
    }

    /** No answer, or one that does not say whether it was done. */
    static final Row LOST = new Row(ANY, ANY_STATUS, "", "", UNCLEAR, "");

    /** What Microsoft says is no, and its words are not known to us. */
    static final Row UNKNOWN = new Row(ANY, ANY_STATUS, "", "", FINAL, "");
}
