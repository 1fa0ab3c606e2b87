package dev.gatehouse.setup;

import dev.gatehouse.setup.credentials.ApplicationCredentials;
import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.directory.ServicePrincipal;
import dev.gatehouse.setup.journal.Journal;
import dev.gatehouse.setup.journal.Journal.Deed;
import dev.gatehouse.setup.journal.Journal.Entry;
import dev.gatehouse.setup.journal.Journals;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Admin;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Progress;
import dev.gatehouse.setup.plan.Removal;
import dev.gatehouse.setup.plan.Removal.Kind;
import dev.gatehouse.setup.profile.EntraRole;
import dev.gatehouse.setup.retry.RetryPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes away what {@link Apply} made, and puts back what it changed: exactly what the journal says, last things first.
 * What somebody else made or has changed since stays. An app registration with our tag goes even without a journal.
 */
public final class Remove {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Directory directory;
    private final Desired desired;
    private final Journals journals;
    private final Progress progress;
    private final Search search;
    private Journal journal;

    /** Prepares a removal; nothing happens yet. */
    public Remove(Directory directory, Desired desired, Journals journals, Progress progress) {
        this.directory = directory;
        this.desired = desired;
        this.journals = journals;
        this.progress = progress;
        this.search = new Search(directory, desired);
        this.journal = journals.load(desired.tenant());
    }

    /** What would be taken away, in that order. Changes nothing. */
    public List<Removal> plan() throws InterruptedException {
        var removals = new ArrayList<Removal>();
        for (var entry : entries()) {
            var undoing = undoing(entry);
            removals.add(new Removal(
                    entry.part(),
                    entry.name(),
                    undoing.isEmpty() ? Kind.GONE : undoing.get().kind(),
                    undoing.map(Undoing::detail).orElse("")));
        }
        return removals;
    }

    /** The delegated permissions that the removal needs besides those for reading. */
    public Set<String> scopes() throws InterruptedException {
        var scopes = new TreeSet<String>();
        for (var removal : plan()) {
            if (removal.kind() != Kind.GONE) {
                scopes.addAll(removal.part().scopesFor(Action.CHANGE));
            }
        }
        return scopes;
    }

    /** The roles of which the administrator lacks one for a removal; empty when nothing stands in the way. */
    public Set<EntraRole> missingRoles(Admin admin, Removal removal) {
        return removal.kind() == Kind.GONE ? Set.of() : admin.missingFor(removal.part(), Action.CHANGE);
    }

    /**
     * Takes it away. What Microsoft refuses to do stays in the journal, for a later run by somebody who may.
     *
     * @return how each removal ended, in order
     */
    public List<Outcome> run(Admin admin) throws InterruptedException {
        var outcomes = new ArrayList<Outcome>();
        for (var entry : entries()) {
            progress.begins(entry.part());
            var outcome = remove(entry, admin);
            progress.ends(outcome);
            outcomes.add(outcome);
        }
        if (journal.entries().isEmpty()) {
            save(journal.cleared());
        }
        return outcomes;
    }

    private Outcome remove(Entry entry, Admin admin) throws InterruptedException {
        try {
            var undoing = undoing(entry);
            if (undoing.isPresent()) {
                var missing = admin.missingFor(entry.part(), Action.CHANGE);
                if (!missing.isEmpty()) {
                    return new Outcome.Blocked(entry.part(), missing);
                }
                undoing.get().order().give();
            }
            save(journal.without(entry::equals));
            return undoing.isEmpty()
                    ? new Outcome.Kept(entry.part())
                    : new Outcome.Undone(entry.part(), undoing.get().kind(), entry.name());
        } catch (Refusal refusal) {
            return new Outcome.Refused(entry.part(), refusal.reason().sentence());
        }
    }

    private void save(Journal changed) {
        journals.save(changed);
        journal = changed;
    }

    /** Newest first: what was made last needs what was made before. */
    private List<Entry> entries() throws InterruptedException {
        var entries = new ArrayList<>(journal.entries());
        if (journal.of(Part.APPLICATION).noneMatch(entry -> entry.deed() == Deed.CREATED)) {
            // The journal may have been lost, or be on another machine; the tag is not.
            var name = desired.profile().application().displayName();
            search.tagged().stream()
                    .map(application -> new Entry(
                            Part.APPLICATION,
                            name,
                            application.id(),
                            Deed.CREATED,
                            application.created().orElse(Instant.EPOCH),
                            JSON.createObjectNode()))
                    .forEach(entry -> entries.addFirst(entry));
        }
        return entries.reversed();
    }

    /** What it takes to undo a deed. */
    private record Undoing(Kind kind, String detail, Order order) {}

    private interface Order {
        void give() throws InterruptedException;
    }

    /** Empty when there is nothing left to undo. */
    private Optional<Undoing> undoing(Entry entry) throws InterruptedException {
        return switch (entry.part()) {
            case GUEST -> guest(entry);
            case ROLE -> role(entry);
            case PARTNER -> partner(entry);
            case APPLICATION -> application(entry);
            case SERVICE_PRINCIPAL -> servicePrincipal(entry);
            case CONSENT -> consent(entry);
            case DELEGATED_CONSENT -> delegatedConsent(entry);
            case OWNER -> owner(entry);
            case SECRET -> secret(entry);
        };
    }

    private static Optional<Undoing> delete(Order order) {
        return Optional.of(new Undoing(Kind.DELETE, "", order));
    }

    private static Optional<Undoing> restore(ObjectNode fields, Order order) {
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(new Undoing(Kind.RESTORE, String.join(", ", fields.propertyNames()), order));
    }

    private Optional<Undoing> guest(Entry entry) throws InterruptedException {
        var found = directory.users().withId(entry.id());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (entry.deed() == Deed.CREATED) {
            return delete(() -> directory.users().remove(entry.id()));
        }
        var fields = JSON.createObjectNode();
        if (entry.before().has("displayName")
                && found.get().displayName().equals(desired.profile().guest().displayName())) {
            fields.set("displayName", entry.before().get("displayName"));
        }
        if (entry.before().has("accountEnabled") && found.get().enabled()) {
            fields.set("accountEnabled", entry.before().get("accountEnabled"));
        }
        return restore(fields, () -> directory.users().change(entry.id(), fields));
    }

    private Optional<Undoing> role(Entry entry) throws InterruptedException {
        var guest = search.guest(journal);
        var role = desired.profile().guest().role().templateId();
        return guest.isPresent()
                        && directory
                                .roles()
                                .isAssignment(entry.id(), guest.get().id(), role)
                ? delete(() -> directory.roles().remove(entry.id()))
                : Optional.empty();
    }

    /** An organization that the customer has since configured further is not deleted; only our settings go. */
    private Optional<Undoing> partner(Entry entry) throws InterruptedException {
        var id = desired.profile().tenantId();
        var found = directory.policies().partner(id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var isOurs = entry.deed() == Deed.CREATED;
        if (isOurs && !PartnerSettings.isConfiguredFurther(found.get())) {
            return delete(() -> directory.policies().removePartner(id));
        }
        var fields = isOurs ? PartnerSettings.toForget() : PartnerSettings.toRestore(found.get(), entry.before());
        return restore(fields, () -> changePartner(id, fields));
    }

    private void changePartner(UUID id, ObjectNode fields) throws InterruptedException {
        try {
            directory.policies().changePartner(id, fields);
        } catch (Refusal refusal) {
            var off = PartnerSettings.offInPlaceOfNull(fields);
            if (refusal.reason().status() != 400 || off.equals(fields)) {
                throw refusal;
            }
            directory.policies().changePartner(id, off);
        }
    }

    private Optional<Undoing> application(Entry entry) throws InterruptedException {
        var found = directory.applications().object(entry.id());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (entry.deed() == Deed.CREATED) {
            return delete(() -> directory.applications().remove(entry.id()));
        }
        var fields = JSON.createObjectNode();
        var audience = entry.before().path("signInAudience");
        if (audience.isString() && found.get().signInAudience().equals(Planner.ONLY_THIS_DIRECTORY)) {
            fields.set("signInAudience", audience);
        }
        var before = entry.before().path("requiredResourceAccess");
        if (before instanceof ArrayNode asked) {
            var left = withoutOurs(found.get(), asked);
            if (!left.equals(found.get().requiredResourceAccess())) {
                fields.set("requiredResourceAccess", left);
            }
        }
        return restore(fields, () -> directory.applications().change(entry.id(), fields));
    }

    /** What is asked for now, without what of our permissions was not asked for before. */
    private ArrayNode withoutOurs(Application application, ArrayNode before) throws InterruptedException {
        var graph = graph();
        var profile = desired.profile().application();
        var ours = new LinkedHashSet<String>();
        profile.applicationPermissions()
                .forEach(name -> ours.add(graph.appRoles().getOrDefault(name, "")));
        profile.delegatedPermissions().forEach(name -> ours.add(graph.scopes().getOrDefault(name, "")));
        var askedBefore = before.valueStream()
                .filter(resource -> isGraph(resource))
                .flatMap(resource -> resource.path("resourceAccess").valueStream())
                .map(access -> access.path("id").asString(""))
                .collect(Collectors.toSet());
        ours.removeAll(askedBefore);
        var left = JSON.createArrayNode();
        for (var resource : application.requiredResourceAccess()) {
            if (!isGraph(resource)) {
                left.add(resource);
                continue;
            }
            var access = JSON.createArrayNode();
            resource.path("resourceAccess")
                    .valueStream()
                    .filter(one -> !ours.contains(one.path("id").asString("")))
                    .forEach(access::add);
            if (!access.isEmpty()) {
                left.addObject()
                        .put("resourceAppId", ServicePrincipal.MICROSOFT_GRAPH)
                        .set("resourceAccess", access);
            }
        }
        return left;
    }

    private static boolean isGraph(JsonNode resource) {
        return resource.path("resourceAppId").asString("").equals(ServicePrincipal.MICROSOFT_GRAPH);
    }

    private ServicePrincipal graph() throws InterruptedException {
        return directory
                .servicePrincipals()
                .of(ServicePrincipal.MICROSOFT_GRAPH)
                .orElseThrow(() -> new IllegalStateException("Microsoft Graph is missing from this tenant"));
    }

    private Optional<ServicePrincipal> principal() throws InterruptedException {
        var app = journal.application().isEmpty()
                ? Optional.<Application>empty()
                : directory.applications().object(journal.application().get());
        return app.isEmpty() ? Optional.empty() : search.principal(journal, app.get());
    }

    private Optional<Undoing> servicePrincipal(Entry entry) throws InterruptedException {
        var found = principal().filter(principal -> principal.id().equals(entry.id()));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (entry.deed() == Deed.CREATED) {
            return delete(() -> directory.servicePrincipals().remove(entry.id()));
        }
        var fields = JSON.createObjectNode();
        if (found.get().enabled()) {
            fields.put("accountEnabled", false);
        }
        return restore(fields, () -> directory.servicePrincipals().change(entry.id(), fields));
    }

    private Optional<Undoing> consent(Entry entry) throws InterruptedException {
        var client = principal();
        if (client.isEmpty()
                || !directory
                        .servicePrincipals()
                        .grantedRoles(client.get().id(), graph().id())
                        .containsValue(entry.id())) {
            return Optional.empty();
        }
        return delete(
                () -> directory.servicePrincipals().revokeRole(client.get().id(), entry.id()));
    }

    private Optional<Undoing> delegatedConsent(Entry entry) throws InterruptedException {
        var client = principal();
        if (client.isEmpty()) {
            return Optional.empty();
        }
        var found = directory
                .servicePrincipals()
                .delegatedGrant(client.get().id(), graph().id())
                .filter(grant -> grant.id().equals(entry.id()));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var ours = new LinkedHashSet<>(List.of(entry.name().split(" ")));
        ours.removeAll(List.of(entry.before().path("scope").asString("").split(" ")));
        var left = new LinkedHashSet<>(found.get().scopes());
        if (!left.removeAll(ours)) {
            return Optional.empty();
        }
        if (left.isEmpty()) {
            return delete(() -> directory.servicePrincipals().revokeDelegated(entry.id()));
        }
        return Optional.of(new Undoing(
                Kind.RESTORE, "scope", () -> directory.servicePrincipals().changeDelegatedGrant(entry.id(), left)));
    }

    private Optional<Undoing> owner(Entry entry) throws InterruptedException {
        var app = journal.application();
        if (app.isEmpty() || !directory.applications().owners(app.get()).contains(entry.id())) {
            return Optional.empty();
        }
        return delete(() -> directory.applications().removeOwner(app.get(), entry.id()));
    }

    private Optional<Undoing> secret(Entry entry) throws InterruptedException {
        if (journal.application().isEmpty()) {
            return Optional.empty();
        }
        var app = directory.applications().object(journal.application().get());
        var isThere = app.stream().anyMatch(application -> application.has(entry.id()));
        return isThere
                ? delete(() -> new ApplicationCredentials(directory, RetryPolicy.usual())
                        .remove(app.orElseThrow().id(), entry.id(), entry.isCertificate(), Optional.empty()))
                : Optional.empty();
    }
}
