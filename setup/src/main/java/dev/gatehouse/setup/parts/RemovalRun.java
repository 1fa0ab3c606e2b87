package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.ServicePrincipal;
import dev.gatehouse.setup.journal.Journal;
import dev.gatehouse.setup.plan.Desired;
import java.util.Optional;

/**
 * What the parts need to undo what was done in a tenant.
 *
 * @param directory the tenant, as an administrator
 * @param desired how the set-up made it
 * @param journal what the set-up did
 */
public record RemovalRun(Directory directory, Desired desired, Journal journal) {

    Search search() {
        return new Search(directory, desired);
    }

    /** Microsoft Graph itself, as this tenant knows it. */
    ServicePrincipal graph() throws InterruptedException {
        return directory
                .servicePrincipals()
                .of(ServicePrincipal.MICROSOFT_GRAPH)
                .orElseThrow(() -> new IllegalStateException("Microsoft Graph is missing from this tenant"));
    }

    /** The service principal of the app registration that the journal names. */
    Optional<ServicePrincipal> servicePrincipal() throws InterruptedException {
        var app = journal.application().isEmpty()
                ? Optional.<Application>empty()
                : directory.applications().object(journal.application().get());
        return app.isEmpty() ? Optional.empty() : search().principal(journal, app.get());
    }
}
