package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Whose directory a draft is about, and how the directory becomes theirs. */
@Component
class DeviceOwners {

    private final Organizations organizations;

    DeviceOwners(Organizations organizations) {
        this.organizations = organizations;
    }

    /** Whose a directory is going to be. */
    sealed interface Owner {

        /** An organization that is there. */
        record Known(UUID organization) implements Owner {}

        /** One that is made with the device. */
        record New(String name) implements Owner {}

        /** Nobody can say, or it is somebody else's. */
        record Wrong(FieldProblem problem) implements Owner {}
    }

    /**
     * Looks up what is needed to judge drafts.
     *
     * @param scope what whoever typed them may see
     * @param creates whether an organization that is named and not there is made; only by those who see all of them
     */
    Owners look(Scope scope, Collection<DeviceDraft> drafts, boolean creates) {
        var directories = drafts.stream()
                .map(DeviceChecks::directory)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        // That a directory is another's counts, also for those who may not see whose it is.
        return Scoped.within(
                Scope.everything(),
                () -> new Owners(
                        scope,
                        creates && scope instanceof Scope.Everything,
                        organizations.all(scope),
                        organizations.of(directories),
                        organizations.byDefault().id()));
    }

    /** What is known of organizations while drafts are judged. */
    static final class Owners {

        private final Scope scope;
        private final boolean creates;
        private final List<Organization> visible;
        private final Map<TenantId, Organization> byDirectory;
        private final UUID first;

        private Owners(
                Scope scope,
                boolean creates,
                List<Organization> visible,
                Map<TenantId, Organization> byDirectory,
                UUID first) {
            this.scope = scope;
            this.creates = creates;
            this.visible = visible;
            this.byDirectory = byDirectory;
            this.first = first;
        }

        /** Whose the directory of a draft is going to be. */
        Owner of(DeviceDraft draft) {
            var directory = DeviceChecks.directory(draft);
            var present = directory.map(byDirectory::get);
            if (present.isPresent() && !scope.includes(present.get().id())) {
                return new Owner.Wrong(hidden(directory.orElseThrow()));
            }
            var wanted = wanted(draft, present);
            return present.isEmpty() || isFree(present.get(), wanted)
                    ? wanted
                    : new Owner.Wrong(taken(directory.orElseThrow(), present.get()));
        }

        private Owner wanted(DeviceDraft draft, Optional<Organization> present) {
            var name = draft.text(DeviceField.ORGANIZATION);
            if (!name.isEmpty()) {
                return named(name);
            }
            return present.or(() -> visible.size() == 1 ? Optional.of(visible.getFirst()) : Optional.empty())
                    .<Owner>map(owner -> new Owner.Known(owner.id()))
                    .orElseGet(() -> new Owner.Wrong(nobodySaid()));
        }

        private Owner named(String name) {
            return only(organization -> organization.shortName().equalsIgnoreCase(name)
                            || organization.guid().value().equalsIgnoreCase(name))
                    .or(() -> only(organization -> organization.name().equalsIgnoreCase(name)))
                    .<Owner>map(owner -> new Owner.Known(owner.id()))
                    .orElseGet(() -> creates ? new Owner.New(name) : new Owner.Wrong(unknown(name)));
        }

        private Optional<Organization> only(Predicate<Organization> isMeant) {
            var meant = visible.stream().filter(isMeant).limit(2).toList();
            return meant.size() == 1 ? Optional.of(meant.getFirst()) : Optional.empty();
        }

        /** That a directory belongs to the first organization may only mean that nobody has said. */
        private boolean isFree(Organization present, Owner wanted) {
            return switch (wanted) {
                case Owner.Known(var id) ->
                    present.id().equals(id) || present.id().equals(first);
                case Owner.New _ -> present.id().equals(first);
                case Owner.Wrong _ -> true;
            };
        }

        /** What is wrong with the owner of a draft; empty when nothing is. */
        Optional<FieldProblem> problem(DeviceDraft draft) {
            return of(draft) instanceof Owner.Wrong(var problem) ? Optional.of(problem) : Optional.empty();
        }
    }

    /**
     * Makes each directory its owner's, in the transaction that needs it.
     *
     * @param owners by directory; of names that differ only in case, the first one counts
     * @return the directories that have become somebody else's meanwhile
     */
    Set<TenantId> claim(Map<TenantId, Owner> owners) {
        var made = new HashMap<String, UUID>();
        var wanted = new HashMap<TenantId, UUID>();
        owners.forEach((directory, owner) -> wanted.put(directory, id(owner, made)));
        wanted.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, Collectors.mapping(Map.Entry::getKey, Collectors.toList())))
                .forEach((organization, directories) -> organizations.claimNew(directories, organization));
        var lost = new HashSet<TenantId>();
        var present = organizations.of(wanted.keySet());
        wanted.forEach((directory, organization) -> {
            var owner = present.get(directory);
            // One that cannot be seen is another organization's.
            if (owner == null || (!owner.id().equals(organization) && !organizations.claim(directory, organization))) {
                lost.add(directory);
            }
        });
        return lost;
    }

    private UUID id(Owner owner, Map<String, UUID> made) {
        return switch (owner) {
            case Owner.Known(var id) -> id;
            case Owner.New(var name) ->
                made.computeIfAbsent(
                        name.toLowerCase(Locale.ROOT),
                        _ -> organizations.add(OrganizationDraft.named(name)).id());
            case Owner.Wrong(var problem) -> throw new IllegalArgumentException(problem.message());
        };
    }

    /** Two people may say of the same directory at the same moment whose it is; the database lets one of them through. */
    static FieldProblem takenMeanwhile(TenantId directory) {
        return FieldProblem.error(
                DeviceField.ORGANIZATION.key(),
                "Directory ID %s has become another organization's meanwhile. Open the form again."
                        .formatted(directory));
    }

    private static FieldProblem taken(TenantId directory, Organization owner) {
        return FieldProblem.error(
                DeviceField.ORGANIZATION.key(),
                "Directory ID %s belongs to the organization '%s'. Choose that one (%s), or check the Directory ID."
                        .formatted(directory, owner.name(), owner.shortName()));
    }

    /** Whose it is is none of the business of whoever asks. */
    private static FieldProblem hidden(TenantId directory) {
        return FieldProblem.error(
                DeviceField.DIRECTORY_ID.key(),
                "Directory ID %s cannot be connected by you. Check it; if it is right, ask your security provider."
                        .formatted(directory));
    }

    private static FieldProblem unknown(String name) {
        return FieldProblem.error(
                DeviceField.ORGANIZATION.key(),
                "There is no organization '%s'. Give the short name or the organization GUID of one that is there; an import makes those that are not with --create-organizations or create_organizations."
                        .formatted(name));
    }

    private static FieldProblem nobodySaid() {
        return FieldProblem.error(
                DeviceField.ORGANIZATION.key(),
                "Say whose directory this is: choose its organization, or give its short name or organization GUID.");
    }
}
