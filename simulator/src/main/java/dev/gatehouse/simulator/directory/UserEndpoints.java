package dev.gatehouse.simulator.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Request;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** {@code /users}, {@code /invitations} and {@code /me}. */
final class UserEndpoints {

    private static final String[] READING_ALL = {"User.Read.All", "User.ReadWrite.All", "Directory.Read.All"};
    private static final String[] READING_BASICS = {
        "User.ReadBasic.All", "User.Read.All", "User.ReadWrite.All", "Directory.Read.All"
    };
    private static final String[] READING_ONESELF = {
        "User.Read", "User.ReadBasic.All", "User.Read.All", "User.ReadWrite.All", "Directory.Read.All"
    };

    /**
     * What {@code User.ReadBasic.All} shows.
     *
     * @see <a href="https://learn.microsoft.com/graph/permissions-reference#userreadbasicall">Permissions reference</a>
     */
    private static final Set<String> BASICS =
            Set.of("id", "displayName", "givenName", "surname", "mail", "userPrincipalName");

    private UserEndpoints() {}

    static Answer me(Caller caller, Request request, List<String> path) {
        var id = caller.access()
                .userId()
                .orElseThrow(() -> DirectoryError.bad("/me request is only valid with delegated authentication flow."))
                .toString();
        caller.needsPermission(READING_ONESELF);
        var user = caller.directory().user(id).orElseThrow(() -> DirectoryError.notFound(id));
        if (path.size() == 1) {
            return Page.one(request, 200, "users", user);
        }
        if (!List.of("memberOf", "transitiveMemberOf").contains(path.get(1))) {
            throw DirectoryError.bad("Resource not found for the segment '%s'.".formatted(path.get(1)));
        }
        caller.needsPermission("Directory.Read.All", "RoleManagement.ReadWrite.Directory");
        var roles = caller.directory().rolesOf(id).stream()
                .sorted()
                .map(role -> Json.object()
                        .put("@odata.type", "#microsoft.graph.directoryRole")
                        .put(
                                "id",
                                UUID.nameUUIDFromBytes(role.title().getBytes(UTF_8))
                                        .toString())
                        .put("displayName", role.title())
                        .put("roleTemplateId", role.templateId().toString()))
                .toList();
        return Page.list(request, "directoryObjects", roles);
    }

    static Answer users(Caller caller, Request request, List<String> path) {
        var directory = caller.directory();
        if (path.size() == 1) {
            caller.needsPermission(READING_BASICS);
            var filter = request.query().filled("$filter").map(Filter::parse);
            return Page.list(
                    request,
                    "users",
                    directory.users().stream()
                            .map(user -> shown(caller, user))
                            .filter(user -> filter.isEmpty() || filter.get().takes(user))
                            .toList());
        }
        var user = directory.user(path.get(1)).orElseThrow(() -> DirectoryError.notFound(path.get(1)));
        return switch (request.method()) {
            case "GET" -> {
                caller.needsPermission(READING_BASICS);
                yield Page.one(request, 200, "users", shown(caller, user));
            }
            case "PATCH" -> {
                caller.needsPermission("User.ReadWrite.All");
                caller.needsRole(DirectoryRole.USER_ADMINISTRATOR);
                var changes = RequestBodies.object(request);
                directory.replication().later(() -> user.setAll(changes));
                yield Answer.empty(204);
            }
            case "DELETE" -> {
                caller.needsPermission("User.ReadWrite.All");
                caller.needsRole(DirectoryRole.USER_ADMINISTRATOR);
                var id = user.path("id").asString();
                directory.replication().later(() -> {
                    directory.users().remove(user);
                    directory
                            .roleAssignments()
                            .removeIf(assignment ->
                                    assignment.path("principalId").asString().equals(id));
                });
                yield Answer.empty(204);
            }
            default -> throw RequestBodies.notAllowed(request);
        };
    }

    /** Whoever may read the basics alone sees and filters nothing else. */
    private static ObjectNode shown(Caller caller, ObjectNode user) {
        if (caller.hasPermission(READING_ALL)) {
            return user;
        }
        var shown = Json.object();
        user.properties().stream()
                .filter(property -> BASICS.contains(property.getKey()))
                .forEach(property -> shown.set(property.getKey(), property.getValue()));
        return shown;
    }

    /** Inviting an address again gives the same user and a new link. */
    static Answer invitations(Caller caller, Request request) {
        RequestBodies.onlyPost(request);
        caller.needsPermission("User.Invite.All", "User.ReadWrite.All");
        var directory = caller.directory();
        var everyMember =
                List.of("everyone", "adminsGuestInvitersAndAllMembers").contains(directory.inviters());
        if (!everyMember) {
            caller.needsRole(DirectoryRole.GUEST_INVITER, DirectoryRole.USER_ADMINISTRATOR);
        }
        var asked = RequestBodies.object(request);
        var address = RequestBodies.text(asked, "invitedUserEmailAddress");
        RequestBodies.text(asked, "inviteRedirectUrl");
        if (address.toLowerCase(Locale.ROOT).endsWith("@" + directory.tenant().domain())) {
            throw DirectoryError.bad(
                    "The invited user already exists in the directory as object ID: 00000000-0000-0000-0000-000000000000.");
        }
        var id = invitedUser(directory, address, asked);
        var ticket = UUID.randomUUID().toString().replace("-", "");
        var invitation = Json.object()
                .put("id", UUID.randomUUID().toString())
                .put(
                        "inviteRedeemUrl",
                        "https://login.microsoftonline.com/redeem?rd=https%%3a%%2f%%2finvitations.microsoft.com%%2fredeem%%2f%%3ftenant%%3d%s%%26user%%3d%s%%26ticket%%3d%s"
                                .formatted(directory.tenant().id(), id, ticket))
                .put(
                        "invitedUserDisplayName",
                        asked.path("invitedUserDisplayName").asString(""))
                .put("invitedUserType", asked.path("invitedUserType").asString("Guest"))
                .put("invitedUserEmailAddress", address)
                .put(
                        "sendInvitationMessage",
                        asked.path("sendInvitationMessage").asBoolean(false))
                .put("resetRedemption", false)
                .put("inviteRedirectUrl", asked.path("inviteRedirectUrl").asString())
                .put("status", "PendingAcceptance");
        invitation.putObject("invitedUser").put("id", id);
        return Page.one(request, 201, "invitations", invitation);
    }

    private static String invitedUser(CustomerDirectory directory, String address, ObjectNode asked) {
        var known = withMail(directory, address);
        if (known.isPresent()) {
            return known.get().path("id").asString();
        }
        // The same address gives the same id, so that an invitation repeated before replication makes nobody twice.
        var id = UUID.nameUUIDFromBytes(
                        "%s in %s".formatted(address, directory.tenant().id()).getBytes(UTF_8))
                .toString();
        var user = Json.object()
                .put("id", id)
                .put(
                        "userPrincipalName",
                        "%s#EXT#@%s"
                                .formatted(
                                        address.replace('@', '_'),
                                        directory.tenant().domain()))
                .put("displayName", asked.path("invitedUserDisplayName").asString(address))
                .put("userType", asked.path("invitedUserType").asString("Guest"))
                .put("accountEnabled", true)
                .put("externalUserState", "PendingAcceptance")
                .put("createdDateTime", DirectoryTime.text(directory.clock().instant()));
        // An address can be the mail of one object only, contacts included.
        if (directory.isContact(address)) {
            user.putNull("mail").putArray("otherMails").add(address);
        } else {
            user.put("mail", address).putArray("otherMails");
        }
        directory.replication().later(() -> {
            if (withMail(directory, address).isEmpty()) {
                directory.users().add(user);
            }
        });
        return id;
    }

    private static Optional<ObjectNode> withMail(CustomerDirectory directory, String address) {
        return directory.users().stream()
                .filter(user -> user.path("mail").asString("").equalsIgnoreCase(address)
                        || user.path("otherMails").valueStream().anyMatch(other -> other.asString("")
                                .equalsIgnoreCase(address)))
                .findFirst();
    }
}
