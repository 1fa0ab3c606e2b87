package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Whom a program gives work to: a person who may work on alerts, or the organization itself. */
@Component
public class Assignees {

    /** The relation by which programs say so. */
    public static final String RELATION = "assigned_to_actor";

    private final Accounts accounts;
    private final Organizations organizations;

    Assignees(Accounts accounts, Organizations organizations) {
        this.accounts = accounts;
        this.organizations = organizations;
    }

    /**
     * Whom a change gives the work to.
     *
     * @param organization whose work it is; blank when nobody has named it yet
     * @return empty when nothing is said of it, and an empty one inside for nobody
     * @throws Refusal when it is nobody who can have it
     */
    public Optional<Optional<Actor>> of(Change change, String organization) {
        var wanted = change.relation(RELATION);
        return wanted.isEmpty()
                ? Optional.empty()
                : Optional.of(wanted.get().map(id -> named(change.scope(), organization, id)));
    }

    private Actor named(Scope scope, String organization, String id) {
        var owner = Optional.of(organization).filter(text -> !text.isBlank()).map(UUID::fromString);
        return accounts.assignable(scope, owner, id)
                .map(Actor::of)
                .or(() -> owner.filter(its -> its.toString().equals(id))
                        .flatMap(its -> organizations.find(scope, its))
                        .map(Actor::of))
                .orElseThrow(() -> Refusal.at(
                        "/data/relationships/" + RELATION,
                        "The actor %s cannot be given this: nobody who may work on it has this id.".formatted(id)));
    }
}
