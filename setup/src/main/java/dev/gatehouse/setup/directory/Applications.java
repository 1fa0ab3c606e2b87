package dev.gatehouse.setup.directory;

import static dev.gatehouse.setup.directory.Requests.instant;
import static dev.gatehouse.setup.directory.Requests.query;
import static dev.gatehouse.setup.directory.Requests.quoted;
import static dev.gatehouse.setup.directory.Requests.text;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** App registrations, with what they sign in with and who owns them. */
public final class Applications {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FIELDS =
            "id,appId,displayName,signInAudience,tags,requiredResourceAccess,passwordCredentials,keyCredentials,createdDateTime";

    private final Requests requests;

    Applications(Requests requests) {
        this.requests = requests;
    }

    /** Those that bear a name, and those that bear a tag, whatever they are called by now. */
    public List<Application> namedOrTagged(String displayName, String tag) throws InterruptedException {
        return search("displayName eq %s or tags/any(tag:tag eq %s)".formatted(quoted(displayName), quoted(tag)));
    }

    public Optional<Application> of(UUID appId) throws InterruptedException {
        return search("appId eq " + quoted(appId.toString())).stream().findFirst();
    }

    private List<Application> search(String filter) throws InterruptedException {
        return requests
                .list(
                        "look for the app registration",
                        "/applications?$filter=%s&$select=%s".formatted(query(filter), FIELDS))
                .stream()
                .map(Applications::application)
                .toList();
    }

    /** The application itself, not a search for it: searches lag behind. */
    public Optional<Application> object(String id) throws InterruptedException {
        return requests.find("read the app registration", "/applications/%s?$select=%s".formatted(id, FIELDS))
                .map(Applications::application);
    }

    public Application register(ObjectNode application) throws InterruptedException {
        return application(requests.order(
                GraphOperation.REGISTER_APPLICATION, "register the application", "POST", "/applications", application));
    }

    public void change(String id, ObjectNode fields) throws InterruptedException {
        requests.order(
                GraphOperation.CHANGE_APPLICATION,
                "change the app registration",
                "PATCH",
                "/applications/" + id,
                fields);
    }

    public void remove(String id) throws InterruptedException {
        requests.delete("delete the app registration", "/applications/" + id);
    }

    /** The object ids of those who own an app registration; none when there is no such registration. */
    public Set<String> owners(String applicationId) throws InterruptedException {
        try {
            return requests
                    .list(
                            "read the owners of the app registration",
                            "/applications/%s/owners?$select=id".formatted(applicationId))
                    .stream()
                    .map(owner -> text(owner, "id"))
                    .collect(Collectors.toSet());
        } catch (Refusal refusal) {
            if (refusal.reason().isNotFound()) {
                return Set.of();
            }
            throw refusal;
        }
    }

    public void addOwner(String applicationId, String principalId) throws InterruptedException {
        requests.order(
                GraphOperation.ADD_OWNER,
                "make the application its own owner",
                "POST",
                "/applications/%s/owners/$ref".formatted(applicationId),
                JSON.createObjectNode().put("@odata.id", requests.address("/directoryObjects/" + principalId)));
    }

    public void removeOwner(String applicationId, String principalId) throws InterruptedException {
        requests.delete(
                "take the application its ownership of itself",
                "/applications/%s/owners/%s/$ref".formatted(applicationId, principalId));
    }

    /** Adds a client secret. This answer is the only place where its Value ever stands. */
    public NewPassword addPassword(String applicationId, String displayName, Instant end) throws InterruptedException {
        var body = JSON.createObjectNode();
        body.putObject("passwordCredential").put("displayName", displayName).put("endDateTime", end.toString());
        var made = requests.order(
                GraphOperation.ADD_SECRET,
                "add a client secret",
                "POST",
                "/applications/%s/addPassword".formatted(applicationId),
                body);
        return new NewPassword(
                text(made, "keyId"),
                text(made, "secretText"),
                instant(made, "endDateTime").orElse(end));
    }

    public void removePassword(String applicationId, String keyId) throws InterruptedException {
        requests.order(
                GraphOperation.REMOVE_SECRET,
                "remove client secret " + keyId,
                "POST",
                "/applications/%s/removePassword".formatted(applicationId),
                JSON.createObjectNode().put("keyId", keyId));
    }

    /** The certificates of an app registration, as Graph gives them and takes them back. */
    public List<JsonNode> certificates(String applicationId) throws InterruptedException {
        return requests
                .find(
                        "read the certificates of the app registration",
                        "/applications/%s?$select=keyCredentials".formatted(applicationId))
                .stream()
                .flatMap(application -> application.path("keyCredentials").valueStream())
                .toList();
    }

    /** Graph takes the certificates as a whole: one that is not in the list is removed. */
    public void replaceCertificates(String applicationId, List<JsonNode> certificates) throws InterruptedException {
        var body = JSON.createObjectNode();
        body.putArray("keyCredentials").addAll(certificates);
        requests.order(
                GraphOperation.CHANGE_CERTIFICATES,
                "change the certificates of the app registration",
                "PATCH",
                "/applications/" + applicationId,
                body);
    }

    private static Application application(JsonNode application) {
        return new Application(
                text(application, "id"),
                text(application, "appId"),
                text(application, "displayName"),
                text(application, "signInAudience"),
                application.path("tags").valueStream().map(JsonNode::asString).collect(Collectors.toSet()),
                application.path("requiredResourceAccess"),
                application
                        .path("passwordCredentials")
                        .valueStream()
                        .map(password -> new Application.Password(
                                text(password, "keyId"),
                                text(password, "displayName"),
                                instant(password, "startDateTime"),
                                instant(password, "endDateTime"),
                                Optional.of(text(password, "hint")).filter(hint -> !hint.isEmpty())))
                        .toList(),
                application
                        .path("keyCredentials")
                        .valueStream()
                        .map(key -> new Application.Certificate(
                                text(key, "keyId"),
                                text(key, "displayName"),
                                instant(key, "endDateTime"),
                                text(key, "customKeyIdentifier")))
                        .toList(),
                instant(application, "createdDateTime"));
    }

    /**
     * A client secret in the moment of its birth. It prints without its value.
     *
     * @param keyId the Secret ID
     * @param value the Value
     * @param end until when it works
     */
    public record NewPassword(String keyId, String value, Instant end) {

        @Override
        public String toString() {
            return "NewPassword[keyId=%s, end=%s]".formatted(keyId, end);
        }
    }
}
