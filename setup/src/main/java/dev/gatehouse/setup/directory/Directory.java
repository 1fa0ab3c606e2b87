package dev.gatehouse.setup.directory;

import static dev.gatehouse.setup.directory.Requests.text;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One customer's directory. Every method here and of its parts is one question or one order to Graph, list pages aside;
 * none of them repeats itself. All throw {@link Refusal} when Graph does not do it, and {@link InterruptedException} when
 * the calling thread was asked to stop.
 */
public final class Directory {

    private final Requests requests;
    private final Users users;
    private final Roles roles;
    private final Policies policies;
    private final Applications applications;
    private final ServicePrincipals servicePrincipals;

    public Directory(GraphCalls graph) {
        this.requests = new Requests(graph);
        this.users = new Users(requests);
        this.roles = new Roles(requests);
        this.policies = new Policies(requests);
        this.applications = new Applications(requests);
        this.servicePrincipals = new ServicePrincipals(requests);
    }

    public Users users() {
        return users;
    }

    public Roles roles() {
        return roles;
    }

    public Policies policies() {
        return policies;
    }

    public Applications applications() {
        return applications;
    }

    public ServicePrincipals servicePrincipals() {
        return servicePrincipals;
    }

    /** Who we are talking to. */
    public Organization organization() throws InterruptedException {
        var action = "read the organization";
        var all = requests.list(action, "/organization?$select=id,displayName,verifiedDomains");
        if (all.isEmpty()) {
            throw new Refusal(new Refusal.Reason(
                    GraphOperation.READ,
                    action,
                    new Refusal.Said(200, "", List.of(), "the answer is empty"),
                    Optional.empty(),
                    Optional.empty()));
        }
        var first = all.getFirst();
        return new Organization(
                text(first, "id"),
                text(first, "displayName"),
                first.path("verifiedDomains")
                        .valueStream()
                        .map(domain -> text(domain, "name"))
                        .toList());
    }

    /** Who is signed in. */
    public Me me() throws InterruptedException {
        var me = requests.get("read who is signed in", "/me?$select=id,displayName,userPrincipalName");
        return new Me(text(me, "id"), text(me, "userPrincipalName"));
    }

    /** The template ids of the directory roles that are active for whoever is signed in. */
    public List<UUID> myRoles() throws InterruptedException {
        return requests
                .list(
                        "read the roles of who is signed in",
                        "/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=id,displayName,roleTemplateId")
                .stream()
                .map(role -> text(role, "roleTemplateId"))
                .filter(id -> !id.isEmpty())
                .map(UUID::fromString)
                .toList();
    }

    /** The customer's organization. */
    public record Organization(String tenantId, String displayName, List<String> domains) {

        public Organization {
            domains = List.copyOf(domains);
        }
    }

    /** Whoever is signed in. */
    public record Me(String id, String userPrincipalName) {}
}
