package dev.gatehouse.workbench.people;

import dev.gatehouse.model.Pasted;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What somebody typed about what another is to be, and where.
 *
 * @param role the key of a {@link Role}
 * @param organization its id, short name or GUID; blank for the provider, or for the only organization that whoever types
 *     may name
 */
public record MembershipDraft(String role, String organization) {

    public MembershipDraft {
        role = Pasted.value(role);
        organization = Pasted.value(organization);
    }

    /** As what is there already. */
    public static MembershipDraft of(Membership present) {
        return new MembershipDraft(
                present.role().key(), present.organization().map(UUID::toString).orElse(""));
    }

    /** The roles that somebody of that scope may give. */
    public static List<Role> rolesFor(Scope scope) {
        return Arrays.stream(Role.values())
                .filter(role -> scope instanceof Scope.Everything || role.mayBelongToOrganization())
                .toList();
    }

    /**
     * The membership, if whoever asks may give it.
     *
     * @param problems takes what is wrong; only then the answer is empty
     */
    Optional<Membership> read(Administrator by, Organizations organizations, List<FieldProblem> problems) {
        var wanted = Role.named(role).filter(rolesFor(by.scope())::contains);
        if (wanted.isEmpty()) {
            problems.add(FieldProblem.error(
                    "role",
                    "'%s' is no role that you can give. There are: %s."
                            .formatted(
                                    role,
                                    rolesFor(by.scope()).stream().map(Role::key).collect(Collectors.joining(", ")))));
            return Optional.empty();
        }
        var where = where(by, organizations, problems);
        return where.isEmpty() ? Optional.empty() : at(wanted.get(), where.get(), problems);
    }

    /** The organization, which may be none; nothing when it is not there. */
    private Optional<Optional<UUID>> where(Administrator by, Organizations organizations, List<FieldProblem> problems) {
        if (organization.isEmpty()) {
            return Optional.of(by.scope() instanceof Scope.Organization(var id) ? Optional.of(id) : Optional.empty());
        }
        var found = organizations.meant(by.scope(), organization).map(Organization::id);
        if (found.isEmpty()) {
            problems.add(FieldProblem.error(
                    "organization",
                    "There is no organization '%s'. Enter the short name of one.".formatted(organization)));
            return Optional.empty();
        }
        return Optional.of(found);
    }

    private static Optional<Membership> at(Role role, Optional<UUID> where, List<FieldProblem> problems) {
        if (where.isEmpty() && !role.mayBelongToProvider()) {
            problems.add(FieldProblem.error(
                    "organization", "%s is a role in an organization. Choose which.".formatted(role.title())));
            return Optional.empty();
        }
        if (where.isPresent() && !role.mayBelongToOrganization()) {
            problems.add(FieldProblem.error(
                    "organization",
                    "%s is a role at the provider, for all organizations. Choose no organization."
                            .formatted(role.title())));
            return Optional.empty();
        }
        return Optional.of(new Membership(role, where));
    }
}
