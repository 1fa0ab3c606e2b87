package dev.gatehouse.setup;

import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.CredentialPolicy;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.directory.ServicePrincipal;
import dev.gatehouse.setup.journal.Journal;
import dev.gatehouse.setup.parts.AmbiguousApplication;
import dev.gatehouse.setup.parts.SetupParts;
import dev.gatehouse.setup.parts.TenantReading;
import dev.gatehouse.setup.plan.Admin;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Present;
import dev.gatehouse.setup.plan.TenantPolicies;
import dev.gatehouse.setup.profile.EntraRole;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads how a tenant looks. It needs nothing but permissions to read, and changes nothing. */
public final class TenantReader {

    /** The delegated permissions that reading needs. */
    public static final Set<String> SCOPES = Set.of("User.Read", "Directory.Read.All", "Policy.Read.All");

    private final Directory directory;
    private final InstantSource clock;
    private boolean hasAskedForInviters;
    private Optional<String> inviters = Optional.empty();

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
        return inviters()
                .filter(allowed -> allowed.equals("everyone") || allowed.equals("adminsGuestInvitersAndAllMembers"))
                .isPresent();
    }

    /** Asked once, because both the administrator's rights and the plan depend on it. */
    private Optional<String> inviters() throws InterruptedException {
        if (!hasAskedForInviters) {
            inviters = permitted(() -> Optional.of(directory.policies().inviters()))
                    .filter(word -> !word.isEmpty());
            hasAskedForInviters = true;
        }
        return inviters;
    }

    private TenantPolicies policies(Optional<Application> application) throws InterruptedException {
        var why = "";
        Optional<CredentialPolicy> credentials;
        try {
            credentials = Optional.of(directory.policies().credentials(application.map(Application::id)));
        } catch (Refusal refusal) {
            if (refusal.reason().isTransient()) {
                throw refusal;
            }
            why = refusal.reason().sentence();
            credentials = Optional.empty();
        }
        return new TenantPolicies(credentials, why, inviters(), permitted(() -> directory
                .policies()
                .partnerDefaults()));
    }

    /** Empty when this administrator may not read it, or when this cloud has no such thing. */
    private static <T> Optional<T> permitted(Question<T> question) throws InterruptedException {
        try {
            return question.ask();
        } catch (Refusal refusal) {
            if (refusal.reason().isTransient()) {
                throw refusal;
            }
            return Optional.empty();
        }
    }

    /**
     * Reads everything that the plan is about.
     *
     * @throws Refusal when Graph cannot be read at all, or not as this administrator
     * @throws AmbiguousApplication when it takes a person to say which app registration is meant
     */
    public Present read(Desired desired, Journal journal) throws InterruptedException {
        var organization = directory.organization();
        var graph = directory
                .servicePrincipals()
                .of(ServicePrincipal.MICROSOFT_GRAPH)
                .orElseThrow(() -> new IllegalStateException("Microsoft Graph is missing from this tenant"));
        var reading = new TenantReading(directory, desired, journal, graph);
        for (var part : SetupParts.wantedBy(desired)) {
            reading.read(part);
        }
        return new Present(
                organization,
                graph,
                policies(reading.application()),
                reading.found(),
                reading.unreadable(),
                clock.instant());
    }

    private interface Question<T> {
        Optional<T> ask() throws InterruptedException;
    }
}
