package dev.gatehouse.simulator.world;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Someone or something that signs in.
 *
 * @param name the SAM account name, {@code ejenkins}
 * @param relativeId the last part of the SID
 * @param entraId the object in Entra ID; null when the account lives in Active Directory only
 * @param servicePrincipalNames what makes an account a goal for Kerberoasting; usually empty
 * @param groups names of the groups beyond Domain Users
 */
record Account(
        Domain domain,
        Kind kind,
        String name,
        String givenName,
        String surname,
        String department,
        String jobTitle,
        long relativeId,
        String objectGuid,
        @Nullable String entraId,
        List<String> servicePrincipalNames,
        List<String> groups) {

    enum Kind {
        EMPLOYEE,
        ADMINISTRATOR,
        SERVICE,
        /** Entra Connect's account, which carries password hashes to the cloud. */
        SYNCHRONISATION,
        /** A bait that nobody has a reason to use. */
        HONEYTOKEN,
        /** krbtgt, whose key signs every ticket. */
        TICKET_GRANTING
    }

    Account {
        servicePrincipalNames = List.copyOf(servicePrincipalNames);
        groups = List.copyOf(groups);
    }

    boolean isPerson() {
        return kind == Kind.EMPLOYEE || kind == Kind.ADMINISTRATOR;
    }

    String displayName() {
        return surname.isEmpty() ? givenName : givenName + " " + surname;
    }

    String userPrincipalName() {
        return name + "@" + domain.publicName();
    }

    String sid() {
        return domain.sid(relativeId);
    }

    String distinguishedName() {
        var unit = isPerson() ? "OU=" + department + ",OU=Staff" : "OU=Service Accounts";
        return "CN=%s,%s,%s".formatted(displayName(), unit, domain.distinguishedName());
    }

    /** As Defender for Identity speaks of accounts: {@code Eugene Jenkins (Software Engineer)}, or the bare name. */
    @Override
    public String toString() {
        return isPerson() ? "%s (%s)".formatted(displayName(), jobTitle) : name;
    }
}
