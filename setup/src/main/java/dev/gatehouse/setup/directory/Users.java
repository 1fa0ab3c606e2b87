package dev.gatehouse.setup.directory;

import static dev.gatehouse.setup.directory.Requests.query;
import static dev.gatehouse.setup.directory.Requests.quoted;
import static dev.gatehouse.setup.directory.Requests.text;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The users of a tenant, as far as guests go. */
public final class Users {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** What the names to sign in with of those from outside hold. */
    private static final String EXTERNAL = "#EXT#";

    private static final String FIELDS =
            "id,displayName,mail,userPrincipalName,userType,accountEnabled,externalUserState";

    private final Requests requests;

    Users(Requests requests) {
        this.requests = requests;
    }

    /** The user with that object id. */
    public Optional<Guest> withId(String id) throws InterruptedException {
        return requests.find("read user " + id, "/users/%s?$select=%s".formatted(id, FIELDS))
                .map(Users::guest);
    }

    /**
     * Whoever was invited by an address. It stands in {@code mail}, or, where a contact or another user has it already, in
     * {@code otherMails} only; and the name to sign in with is made of it: {@code a5_soc.expel.io#EXT#@contoso.com}.
     *
     * @see <a href="https://learn.microsoft.com/entra/external-id/troubleshoot">Troubleshoot B2B collaboration</a>
     */
    public Optional<Guest> invitedBy(String address) throws InterruptedException {
        var mails = "mail eq %s or otherMails/any(other:other eq %s) or proxyAddresses/any(proxy:proxy eq %s)"
                .formatted(quoted(address), quoted(address), quoted("smtp:" + address));
        var name = "startswith(userPrincipalName,%s)".formatted(quoted(address.replace('@', '_') + EXTERNAL + "@"));
        var found = search(address, mails);
        return found.isPresent() ? found : search(address, name);
    }

    private Optional<Guest> search(String address, String filter) throws InterruptedException {
        return requests
                .list("look for user " + address, "/users?$filter=%s&$select=%s".formatted(query(filter), FIELDS))
                .stream()
                .filter(user -> isInvited(user) || text(user, "mail").equalsIgnoreCase(address))
                .min(Comparator.comparing(user -> !text(user, "mail").equalsIgnoreCase(address)))
                .map(Users::guest);
    }

    /** A member who has the address only beside their own is somebody else. */
    private static boolean isInvited(JsonNode user) {
        return text(user, "userType").equalsIgnoreCase("Guest")
                || text(user, "userPrincipalName").toUpperCase(Locale.ROOT).contains(EXTERNAL);
    }

    private static Guest guest(JsonNode user) {
        return new Guest(
                text(user, "id"),
                text(user, "displayName"),
                text(user, "mail"),
                text(user, "userType"),
                user.path("accountEnabled").asBoolean(true),
                Optional.of(text(user, "externalUserState")).filter(state -> !state.isEmpty()));
    }

    /** Invites somebody from outside; Microsoft sends the invitation. Returns the user's object id. */
    public String invite(String mail, String displayName, String redirectUrl) throws InterruptedException {
        var invitation = JSON.createObjectNode()
                .put("invitedUserEmailAddress", mail)
                .put("invitedUserDisplayName", displayName)
                .put("invitedUserType", "Guest")
                .put("inviteRedirectUrl", redirectUrl)
                .put("sendInvitationMessage", true);
        return text(
                requests.order(GraphOperation.INVITE, "invite " + mail, "POST", "/invitations", invitation)
                        .path("invitedUser"),
                "id");
    }

    public void change(String id, ObjectNode fields) throws InterruptedException {
        requests.order(GraphOperation.CHANGE_USER, "change user " + id, "PATCH", "/users/" + id, fields);
    }

    public void remove(String id) throws InterruptedException {
        requests.delete("delete user " + id, "/users/" + id);
    }
}
