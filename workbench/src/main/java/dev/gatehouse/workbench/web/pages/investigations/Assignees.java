package dev.gatehouse.workbench.web.pages.investigations;

import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.frame.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Whom work can be given to. */
@Component
class Assignees {

    private final Accounts accounts;
    private final Organizations organizations;

    Assignees(Accounts accounts, Organizations organizations) {
        this.accounts = accounts;
        this.organizations = organizations;
    }

    /** The people who may work on what is an organization's, and the organization itself as the first. */
    List<Actor> of(Scope scope, UUID organization) {
        var all = new ArrayList<Actor>();
        organizations.find(scope, organization).map(Actor::of).ifPresent(all::add);
        accounts.assignable(scope, organization).stream().map(Actor::of).forEach(all::add);
        return all;
    }

    /**
     * The one whom a form names; empty for nobody.
     *
     * @param id as it was chosen; blank for nobody
     * @param present whose it is now, who may not be among those to choose from any more
     */
    Optional<Actor> chosen(Scope scope, UUID organization, String id, Optional<Actor> present) {
        var wanted = Typed.id(id);
        return present.filter(who -> who.id().isPresent() && who.id().equals(wanted))
                .or(() -> of(scope, organization).stream()
                        .filter(who -> wanted.isPresent() && who.id().equals(wanted))
                        .findFirst());
    }
}
