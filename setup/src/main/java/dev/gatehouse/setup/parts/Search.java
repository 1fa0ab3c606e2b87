package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Guest;
import dev.gatehouse.setup.directory.ServicePrincipal;
import dev.gatehouse.setup.journal.Journal;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Part;
import java.util.List;
import java.util.Optional;

/**
 * Finds what was made: by its id in the journal first, and then by every property that can carry its key. What was made
 * by hand, or by a run whose journal is lost, is found by the properties; what somebody has renamed, by the id.
 */
public final class Search {

    private final Directory directory;
    private final Desired desired;

    public Search(Directory directory, Desired desired) {
        this.directory = directory;
        this.desired = desired;
    }

    /** The guest account: by its id, by mail, other mails and proxy addresses, by the name that is made of its address. */
    public Optional<Guest> guest(Journal journal) throws InterruptedException {
        for (var id : journal.ids(Part.GUEST, desired.guestMail())) {
            var known = directory.users().withId(id);
            if (known.isPresent()) {
                return known;
            }
        }
        return directory.users().invitedBy(desired.guestMail());
    }

    /** The assignment of the role: by its id, by principal, role and scope. */
    public Optional<String> role(Journal journal, String guestId) throws InterruptedException {
        var role = desired.profile().guest().role();
        for (var id : journal.ids(Part.ROLE, role.title())) {
            if (directory.roles().isAssignment(id, guestId, role.templateId())) {
                return Optional.of(id);
            }
        }
        return directory.roles().assignment(guestId, role.templateId());
    }

    /**
     * The app registration to use: the one named, the one made earlier, the one with the provider's tag, which may have
     * another name by now, the one with our tag and the name, the one with the name.
     *
     * @throws AmbiguousApplication when it takes a person to say which one is meant
     */
    public Optional<Application> application(Journal journal) throws InterruptedException {
        if (desired.adopted().isPresent()) {
            var id = desired.adopted().get();
            return Optional.of(directory
                    .applications()
                    .of(id.value())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "There is no app registration with the Application ID %s in this tenant".formatted(id))));
        }
        if (journal.application().isPresent()) {
            var known = directory.applications().object(journal.application().get());
            if (known.isPresent()) {
                return known;
            }
        }
        var candidates = candidates();
        if (candidates.size() > 1) {
            throw new AmbiguousApplication(desired.profile().application().displayName(), candidates);
        }
        return candidates.stream().findFirst();
    }

    private List<Application> candidates() throws InterruptedException {
        var all = directory
                .applications()
                .namedOrTagged(desired.profile().application().displayName(), desired.providersTag());
        var providers = all.stream()
                .filter(application -> application.tags().contains(desired.providersTag()))
                .toList();
        if (!providers.isEmpty()) {
            return providers;
        }
        var ours = all.stream()
                .filter(application -> application.tags().contains(Desired.TAG))
                .toList();
        return ours.isEmpty() ? all : ours;
    }

    /** App registrations that we made, even when the journal does not know. */
    public List<Application> tagged() throws InterruptedException {
        return candidates().stream()
                .filter(application -> application.tags().contains(Desired.TAG))
                .toList();
    }

    /** The service principal of an app registration: by its id, by the Application ID. */
    public Optional<ServicePrincipal> principal(Journal journal, Application application) throws InterruptedException {
        for (var id : journal.ids(Part.SERVICE_PRINCIPAL, application.displayName())) {
            var known = directory.servicePrincipals().withId(id).filter(principal -> principal
                    .appId()
                    .equalsIgnoreCase(application.appId()));
            if (known.isPresent()) {
                return known;
            }
        }
        return directory.servicePrincipals().of(application.appId());
    }
}
