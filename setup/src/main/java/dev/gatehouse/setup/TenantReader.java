package dev.gatehouse.setup;

import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.directory.ServicePrincipal;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads how a tenant looks. It needs nothing but permissions to read, and changes nothing. */
public final class TenantReader {

    /** The delegated permissions that reading needs. */
    public static final Set<String> SCOPES = Set.of("User.Read", "Directory.Read.All", "Policy.Read.All");

    private final Directory directory;
    private final InstantSource clock;

    public TenantReader(Directory directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** Whoever is signed in, with the roles that are active for them. */
    public Admin admin() throws InterruptedException {
        var name = directory.me().userPrincipalName();
        try {
            var roles = directory.myRoles().stream()
                    .map(EntraRole::of)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toSet());
            return new Admin(name, Optional.of(roles), mayInvite());
        } catch (Refusal refusal) {
            if (refusal.reason().isForbidden()) {
                return new Admin(name, Optional.empty(), false);
            }
            throw refusal;
        }
    }

    private boolean mayInvite() throws InterruptedException {
        try {
            return directory.membersMayInvite();
        } catch (Refusal refusal) {
            if (refusal.reason().isForbidden() || refusal.reason().isNotFound()) {
                return false;
            }
            throw refusal;
        }
    }

    /**
     * Reads everything that the plan is about.
     *
     * @throws Refusal when Graph cannot be read at all, or not as this administrator
     * @throws AmbiguousApplication when it takes a person to say which app registration is meant
     */
    public Present read(Desired desired, Journal journal) throws InterruptedException {
        var unreadable = new EnumMap<Part, String>(Part.class);
        var organization = directory.organization();
        var guest = readable(Part.GUEST, unreadable, () -> directory.guest(desired.guestMail()));
        var role = guest.isEmpty()
                ? Optional.<String>empty()
                : readable(
                        Part.ROLE,
                        unreadable,
                        () -> directory.roleAssignment(
                                guest.get().id(),
                                desired.profile().guest().role().templateId()));
        var partner = readable(
                Part.PARTNER,
                unreadable,
                () -> directory.partner(desired.profile().tenantId()));
        var graph = directory
                .servicePrincipal(ServicePrincipal.MICROSOFT_GRAPH)
                .orElseThrow(() -> new IllegalStateException("Microsoft Graph is missing from this tenant"));
        var application = application(desired, journal);
        var principal = application.isEmpty()
                ? Optional.<ServicePrincipal>empty()
                : directory.servicePrincipal(application.get().appId());
        var granted = principal.isEmpty()
                ? Map.<String, String>of()
                : directory.grantedRoles(principal.get().id(), graph.id());
        var delegated = principal.isEmpty()
                ? Optional.<Directory.DelegatedGrant>empty()
                : directory.delegatedGrant(principal.get().id(), graph.id());
        var ownsItself = desired.parts().contains(Part.OWNER)
                && application.isPresent()
                && principal.isPresent()
                && directory
                        .owners(application.get().id())
                        .contains(principal.get().id());
        return new Present(
                organization,
                guest,
                role,
                partner,
                application,
                principal,
                graph,
                granted,
                delegated,
                ownsItself,
                unreadable,
                clock.instant());
    }

    /** The app registration to use: the one named, the one made earlier, the one with our tag, the one with the name. */
    Optional<Application> application(Desired desired, Journal journal) throws InterruptedException {
        if (desired.adopted().isPresent()) {
            var id = desired.adopted().get();
            return Optional.of(directory
                    .application(id.value())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "There is no app registration with the Application ID %s in this tenant".formatted(id))));
        }
        if (journal.application().isPresent()) {
            var known = directory.applicationObject(journal.application().get());
            if (known.isPresent()) {
                return known;
            }
        }
        var name = desired.profile().application().displayName();
        var named = directory.applicationsNamed(name);
        var ours = named.stream()
                .filter(application -> application.tags().contains(Desired.TAG))
                .toList();
        var candidates = ours.isEmpty() ? named : ours;
        if (candidates.size() > 1) {
            throw new AmbiguousApplication(name, candidates);
        }
        return candidates.stream().findFirst();
    }

    private static <T> Optional<T> readable(Part part, Map<Part, String> unreadable, Question<T> question)
            throws InterruptedException {
        try {
            return question.ask();
        } catch (Refusal refusal) {
            if (!refusal.reason().isForbidden()) {
                throw refusal;
            }
            unreadable.put(part, refusal.reason().sentence());
            return Optional.empty();
        }
    }

    private interface Question<T> {
        Optional<T> ask() throws InterruptedException;
    }
}
