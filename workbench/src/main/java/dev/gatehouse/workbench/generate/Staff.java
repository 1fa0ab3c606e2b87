package dev.gatehouse.workbench.generate;

import dev.gatehouse.workbench.people.Account;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.ListedAccount;
import dev.gatehouse.workbench.people.Membership;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.Role;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes the people: some of each role at the provider, and an admin, analysts and an auditor at each organization. */
final class Staff {

    private static final int ANALYSTS = 12;

    private static final List<String> NAMES = List.of(
            "Amara Obi",
            "Ben Lindqvist",
            "Chiara Conti",
            "David Novak",
            "Esther Adeyemi",
            "Farid Haddad",
            "Greta Olsen",
            "Hiro Tanaka",
            "Ivana Petrova",
            "Jonas Weber",
            "Kemal Aydin",
            "Lucia Moreno",
            "Marta Kowalska",
            "Niklas Berg",
            "Oona Virtanen",
            "Paulo Santos");

    private final Accounts accounts;
    private final String password;
    private final List<Account> made = new ArrayList<>();

    /**
     * People who all sign in with one password.
     *
     * @param password theirs
     */
    Staff(Accounts accounts, String password) {
        this.accounts = accounts;
        this.password = password;
    }

    /** Those at the provider; gives its analysts. */
    List<Actor> ofProvider() {
        add("soc.admin@provider.example", "Sol Admin", Membership.ofProvider(Role.SOC_ADMIN));
        add("auditor@provider.example", "Aude Lambert", Membership.ofProvider(Role.AUDITOR));
        var analysts = new ArrayList<Actor>();
        for (var at = 0; at < ANALYSTS; at++) {
            analysts.add(Actor.of(add(
                    "soc.analyst%d@provider.example".formatted(at + 1),
                    NAMES.get(at % NAMES.size()),
                    Membership.ofProvider(Role.SOC_ANALYST))));
        }
        return analysts;
    }

    /** Those of an organization; gives its analysts. */
    List<Actor> of(Organization organization, int number) {
        var domain = organization.shortName().toLowerCase(Locale.ROOT) + ".example";
        add("admin@" + domain, name(number), membership(Role.ORGANIZATION_ADMIN, organization));
        add("auditor@" + domain, name(number + 1), membership(Role.AUDITOR, organization));
        return List.of(
                Actor.of(add(
                        "analyst1@" + domain, name(number + 2), membership(Role.ORGANIZATION_ANALYST, organization))),
                Actor.of(add(
                        "analyst2@" + domain, name(number + 3), membership(Role.ORGANIZATION_ANALYST, organization))));
    }

    private static Membership membership(Role role, Organization organization) {
        return new Membership(role, Optional.of(organization.id()));
    }

    private static String name(int number) {
        return NAMES.get(number % NAMES.size());
    }

    private Account add(String email, String name, Membership membership) {
        // Somebody of that address is there already when this is added to what another run has made.
        var there = accounts.find(Scope.everything(), email).map(ListedAccount::account);
        if (there.isPresent()) {
            return there.get();
        }
        var account = accounts.add(email, name, membership, password);
        made.add(account);
        return account;
    }

    /** How many people there are. */
    int count() {
        return made.size();
    }
}
