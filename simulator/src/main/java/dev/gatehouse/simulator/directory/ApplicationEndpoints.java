package dev.gatehouse.simulator.directory;

import dev.gatehouse.simulator.entra.Application;
import dev.gatehouse.simulator.entra.ApplicationSecret;
import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.http.Request;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /applications} with their secrets. */
final class ApplicationEndpoints {

    private static final Duration DEFAULT_LIFETIME = Duration.ofDays(730);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-~";

    private ApplicationEndpoints() {}

    static Answer answer(Caller caller, Request request, List<String> path) {
        var directory = caller.directory();
        if (path.size() == 1 && path.getFirst().equals("applications")) {
            if (request.method().equals("GET")) {
                mayRead(caller);
                var filter = request.query().filled("$filter").map(Filter::parse);
                return Page.list(
                        request,
                        "applications",
                        directory.registered().stream()
                                .map(RegisteredApplication::node)
                                .filter(node -> filter.isEmpty() || filter.get().takes(node))
                                .toList());
            }
            RequestBodies.onlyPost(request);
            return register(caller, request);
        }
        var found = path.getFirst().equals("applications")
                ? directory.registeredObject(path.get(1))
                : DirectoryEndpoints.key(path.getFirst(), "appId").flatMap(directory::registered);
        var application = found.orElseThrow(() -> DirectoryError.notFound(path.getLast()));
        var action =
                path.getFirst().equals("applications") ? path.subList(2, path.size()) : path.subList(1, path.size());
        if (action.isEmpty()) {
            return one(caller, request, application);
        }
        return switch (action.getFirst()) {
            case "owners" -> owners(caller, request, application, action.subList(1, action.size()));
            case "appManagementPolicies" -> {
                caller.needsPermission("Policy.Read.All");
                yield Page.list(
                        request,
                        "policies/appManagementPolicies",
                        directory.appManagement().policyOf(application.id()).stream()
                                .toList());
            }
            default -> secrets(caller, request, application, action.getFirst());
        };
    }

    private static void mayRead(Caller caller) {
        caller.needsPermission("Directory.Read.All", "Application.ReadWrite.All", "Application.ReadWrite.OwnedBy");
    }

    /** An application that holds Application.ReadWrite.OwnedBy may change what it owns, itself if it is its own owner. */
    private static void mayWrite(Caller caller, Optional<RegisteredApplication> application) {
        var isOwnersOrder = application.isPresent()
                && !caller.isUser()
                && caller.permissions().contains("Application.ReadWrite.OwnedBy")
                && caller.directory()
                        .registered(caller.access().applicationId().toString())
                        .map(itself -> itself.application().servicePrincipalId().toString())
                        .filter(application.get()::isOwnedBy)
                        .isPresent();
        if (isOwnersOrder) {
            return;
        }
        caller.needsPermission("Application.ReadWrite.All");
        var isOwner = application.isPresent()
                && caller.access().userId().isPresent()
                && application.get().isOwnedBy(caller.access().userId().get().toString());
        if (!isOwner) {
            caller.needsRole(DirectoryRole.APPLICATION_ADMINISTRATOR, DirectoryRole.CLOUD_APPLICATION_ADMINISTRATOR);
        }
    }

    private static Answer register(Caller caller, Request request) {
        caller.needsPermission("Application.ReadWrite.All", "Application.ReadWrite.OwnedBy");
        caller.needsRole(
                DirectoryRole.APPLICATION_DEVELOPER,
                DirectoryRole.APPLICATION_ADMINISTRATOR,
                DirectoryRole.CLOUD_APPLICATION_ADMINISTRATOR);
        var directory = caller.directory();
        if (caller.access()
                .userId()
                .filter(user -> directory.isQuotaExhausted(user.toString()))
                .isPresent()) {
            throw DirectoryError.quotaExceeded();
        }
        var asked = RequestBodies.object(request);
        var name = RequestBodies.text(asked, "displayName");
        var application = new Application(UUID.randomUUID(), UUID.randomUUID(), name);
        application.removeServicePrincipal(true);
        var fields = directory.applicationDefaults();
        fields.setAll(asked);
        var registered = new RegisteredApplication(UUID.randomUUID().toString(), application, fields);
        caller.access().userId().ifPresent(user -> registered.ownBy(user.toString()));
        directory.replication().later(() -> {
            directory.registered().add(registered);
            directory.tenant().add(application);
        });
        return Page.one(request, 201, "applications", registered.node());
    }

    private static Answer one(Caller caller, Request request, RegisteredApplication application) {
        var directory = caller.directory();
        return switch (request.method()) {
            case "GET" -> {
                mayRead(caller);
                yield Page.one(request, 200, "applications", application.node());
            }
            case "PATCH" -> {
                mayWrite(caller, Optional.of(application));
                var changes = RequestBodies.object(request);
                changes.remove(List.of("id", "appId", "passwordCredentials"));
                var certificates = Optional.ofNullable(changes.remove("keyCredentials"))
                        .map(listed -> KeyCredential.listed(application.certificates(), listed));
                certificates.ifPresent(all -> all.stream()
                        .filter(key -> !application.certificates().contains(key))
                        .forEach(key ->
                                directory.appManagement().checkCertificate(application.id(), key.start(), key.end())));
                directory.replication().later(() -> {
                    application.fields().setAll(changes);
                    certificates.ifPresent(application::replaceCertificates);
                });
                yield Answer.empty(204);
            }
            case "DELETE" -> {
                mayWrite(caller, Optional.of(application));
                directory.replication().later(() -> {
                    directory.tenant().remove(application.application());
                    directory.delegatedGrants().removeIf(grant -> grant.path("clientId")
                            .asString()
                            .equals(application
                                    .application()
                                    .servicePrincipalId()
                                    .toString()));
                });
                yield Answer.empty(204);
            }
            default -> throw RequestBodies.notAllowed(request);
        };
    }

    /** {@code owners}, {@code owners/$ref} and {@code owners/ID/$ref}. */
    private static Answer owners(Caller caller, Request request, RegisteredApplication application, List<String> path) {
        if (path.isEmpty() && request.method().equals("GET")) {
            mayRead(caller);
            return Page.list(
                    request,
                    "directoryObjects",
                    application.owners().stream()
                            .map(id -> Json.object().put("id", id))
                            .toList());
        }
        mayWrite(caller, Optional.of(application));
        var directory = caller.directory();
        return switch (request.method()) {
            case "POST" -> {
                var owner = owner(caller, RequestBodies.text(RequestBodies.object(request), "@odata.id"));
                if (application.isOwnedBy(owner)) {
                    throw DirectoryError.bad(
                            "One or more added object references already exist for the following modified properties: 'owners'.");
                }
                directory.replication().later(() -> application.ownBy(owner));
                yield Answer.empty(204);
            }
            case "DELETE" -> {
                if (path.isEmpty() || !application.isOwnedBy(path.getFirst())) {
                    throw DirectoryError.notFound(path.isEmpty() ? "" : path.getFirst());
                }
                directory.replication().later(() -> application.disown(path.getFirst()));
                yield Answer.empty(204);
            }
            default -> throw RequestBodies.notAllowed(request);
        };
    }

    /** The user or service principal that a reference such as {@code https://…/v1.0/directoryObjects/ID} means. */
    private static String owner(Caller caller, String reference) {
        var id = reference.substring(reference.lastIndexOf('/') + 1);
        var directory = caller.directory();
        if (directory.user(id).isEmpty() && directory.withServicePrincipal(id).isEmpty()) {
            throw DirectoryError.notFound(id);
        }
        return id;
    }

    private static Answer secrets(Caller caller, Request request, RegisteredApplication application, String action) {
        RequestBodies.onlyPost(request);
        mayWrite(caller, Optional.of(application));
        return switch (action) {
            case "addPassword" -> addPassword(caller.directory(), request, application);
            case "removePassword" -> removePassword(caller.directory(), request, application);
            default -> throw DirectoryError.bad("Resource not found for the segment '%s'.".formatted(action));
        };
    }

    private static Answer addPassword(CustomerDirectory directory, Request request, RegisteredApplication application) {
        var asked = RequestBodies.object(request).path("passwordCredential");
        var now = directory.clock().instant();
        var name = asked.path("displayName").asString("");
        var end = end(asked.path("endDateTime").asString(""), now);
        directory.appManagement().checkSecret(application.id(), now, end);
        var secret = new ApplicationSecret(UUID.randomUUID(), value(), end);
        directory.replication().later(() -> {
            application.noteSecret(secret.keyId(), name, now);
            application.application().add(secret);
        });
        return Answer.json(
                200,
                Json.object()
                        .put("@odata.context", request.base() + "/v1.0/$metadata#microsoft.graph.passwordCredential")
                        .putNull("customKeyIdentifier")
                        .put("displayName", name)
                        .put("endDateTime", DirectoryTime.text(end))
                        .put("hint", secret.value().substring(0, 3))
                        .put("keyId", secret.keyId().toString())
                        .put("secretText", secret.value())
                        .put("startDateTime", DirectoryTime.text(now)));
    }

    private static Instant end(String asked, Instant now) {
        if (asked.isEmpty()) {
            return now.plus(DEFAULT_LIFETIME);
        }
        try {
            return Instant.parse(asked);
        } catch (DateTimeParseException e) {
            throw DirectoryError.bad(
                    "Invalid value specified for property 'endDateTime' of resource 'PasswordCredential'.");
        }
    }

    /** Forty characters with the {@code 8Q~} in fourth place that real values have. */
    private static String value() {
        var value = new StringBuilder();
        RANDOM.ints(40, 0, LETTERS.length()).mapToObj(LETTERS::charAt).forEach(value::append);
        return value.replace(3, 6, "8Q~").toString();
    }

    private static Answer removePassword(
            CustomerDirectory directory, Request request, RegisteredApplication application) {
        var keyId = RequestBodies.text(RequestBodies.object(request), "keyId");
        var secret = application.application().secrets().stream()
                .filter(one -> one.keyId().toString().equalsIgnoreCase(keyId))
                .findFirst()
                .orElseThrow(() -> DirectoryError.bad("No password credential found with keyId."));
        directory.replication().later(() -> application.application().remove(secret));
        return Answer.empty(204);
    }
}
