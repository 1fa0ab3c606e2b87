package dev.gatehouse.simulator.world;

import static dev.gatehouse.simulator.world.Evidence.device;
import static dev.gatehouse.simulator.world.Evidence.domain;
import static dev.gatehouse.simulator.world.Evidence.group;
import static dev.gatehouse.simulator.world.Evidence.ip;
import static dev.gatehouse.simulator.world.Evidence.session;
import static dev.gatehouse.simulator.world.Evidence.user;

import dev.gatehouse.simulator.world.Account.Kind;

/**
 * The classic, from one phished workstation to the keys of the kingdom: reconnaissance over LDAP and SAMR,
 * Kerberoasting, a stolen service account on the move, a service on the backup server, DCSync, and a golden ticket.
 */
final class DirectoryTheft implements Story {

    @Override
    public void play(Scene scene) {
        var victim = scene.employee();
        var foothold = scene.workplaceOf(victim);
        var controller = scene.controller();
        var service = scene.serviceAccount();
        var target = scene.workplaceOf(service);
        var administrator = scene.administrator();
        var keys = scene.the(Kind.TICKET_GRANTING);
        var admins = scene.organization().group("Domain Admins");
        var domain = scene.domain();

        // Who is who, and who is worth it?
        scene.later(0.5);
        scene.leaves(
                ActivityRecord.ldapQuery(
                        victim, foothold, controller, "AllUsers", "(&(objectCategory=person)(objectClass=user))"),
                ActivityRecord.ldapQuery(
                        victim, foothold, controller, "AllGroups", "(&(objectClass=group)(adminCount=1))"),
                ActivityRecord.ldapQuery(victim, foothold, controller, "AllDomains", "(objectClass=trustedDomain)"));
        scene.alert(
                "2038",
                "An actor on %s sent suspicious LDAP queries to %s, searching for 3 types of enumeration and %s in %s."
                        .formatted(foothold, controller, admins, domain.dnsName()),
                user(victim, "compromised"),
                device(foothold, "source", "compromised"),
                ip(foothold, "source"),
                device(controller, "destination"),
                group(admins, "attacked"),
                domain(domain, "contextual"));

        // A second machine asks much the same. Nobody sees the tie yet.
        var colleague = scene.employee();
        var secondFoothold = scene.workplaceOf(colleague);
        scene.later(2);
        scene.looksUnrelated();
        scene.leaves(
                ActivityRecord.samrQuery(colleague, secondFoothold, controller, "EnumerateGroups", domain.dnsName()),
                ActivityRecord.samrQuery(colleague, secondFoothold, controller, "QueryGroup", "Domain Admins"),
                ActivityRecord.samrQuery(colleague, secondFoothold, controller, "QueryGroup", "Enterprise Admins"));
        scene.alert(
                "2021",
                """
                The following directory services enumerations using SAMR protocol were attempted against %s from %s:
                Successful enumeration of all groups in %s by %s.""".formatted(controller, secondFoothold, domain.dnsName(), colleague),
                user(colleague, "compromised"),
                device(secondFoothold, "source"),
                ip(secondFoothold, "source"),
                device(controller, "destination"),
                group(admins, "attacked"));

        // Kerberoasting: tickets for services, to be cracked at leisure.
        scene.later(2.2);
        scene.leaves(
                ActivityRecord.ldapQuery(
                        victim,
                        foothold,
                        controller,
                        "ServicePrincipalNames",
                        "(&(objectClass=user)(servicePrincipalName=*)(!(cn=krbtgt)))"),
                ActivityRecord.access(
                                victim,
                                foothold,
                                target,
                                service.servicePrincipalNames().getFirst())
                        .additionally("EncryptionType", "RC4"));
        var roasting = scene.alert(
                "2410",
                "%s on %s requested the Kerberos service tickets of %s (%s) from %s, with a weak cipher. Its password may be cracked offline."
                        .formatted(
                                victim,
                                foothold,
                                service,
                                service.servicePrincipalNames().getFirst(),
                                controller),
                user(victim, "attacker", "compromised"),
                user(service, "attacked"),
                device(foothold, "source"),
                ip(foothold, "source"),
                device(controller, "destination"));

        // The cracked account is used, from where it has no business to be.
        scene.later(2);
        scene.turnsOutToBeOneAttack();
        scene.leaves(
                ActivityRecord.logon(service, foothold, controller).additionally("EncryptionType", "RC4"),
                ActivityRecord.access(service, foothold, target, "cifs/" + target.dnsName()));
        scene.alert(
                "2002",
                "There were attempts to authenticate as %s from %s against %s using an unusual protocol implementation. May be a result of malicious acts using the Kerberos protocol."
                        .formatted(service, foothold, controller),
                user(service, "compromised"),
                device(foothold, "source"),
                ip(foothold, "source"),
                device(controller, "destination"),
                session(service, foothold, scene.random().hex(16), "compromised"));
        scene.grows(roasting, user(scene.the(Kind.SYNCHRONISATION), "attacked"));

        // DCSync: the stolen administrator replicates the directory like a domain controller would.
        scene.later(2.2);
        scene.leaves(
                ActivityRecord.logon(administrator, target, controller),
                ActivityRecord.directory("Directory Services replication", administrator, target, controller)
                        .over("Drsr", 49668),
                ActivityRecord.directory("Directory Services replication", administrator, target, controller)
                        .over("Drsr", 49668)
                        .target(keys));
        var theft = scene.alert(
                "2006",
                "Malicious replication requests were successfully performed by %s, from %s against %s. An actor on %s ran DCSync and may have taken the password hashes of all accounts, %s among them."
                        .formatted(administrator, target, controller, target, keys),
                user(administrator, "compromised", "attacker"),
                user(keys, "attacked").malicious(),
                device(target, "source").malicious(),
                ip(target, "source"),
                device(controller, "destination", "attacked"),
                domain(domain, "attacked"));

        // To be sure to stay, a service on the server.
        scene.later(2);
        scene.leaves(ActivityRecord.directory("Service creation", administrator, target, controller)
                .additionally("ServiceName", "WinDefendUpdate"));
        scene.alert(
                "2026",
                "%s created WinDefendUpdate in order to execute potentially malicious commands on %s."
                        .formatted(administrator, controller),
                user(administrator, "compromised"),
                device(target, "source"),
                device(controller, "destination"));

        // And the forged ticket, for an account that never was.
        scene.later(2.4);
        scene.leaves(
                ActivityRecord.access(administrator, foothold, controller, "ldap/" + controller.dnsName())
                        .additionally("TicketLifetimeHours", "87600"),
                ActivityRecord.access(administrator, foothold, scene.server(), "cifs/" + domain.dnsName()));
        scene.alert(
                "2032",
                "%s used a suspicious Kerberos ticket from %s to access ldap/%s, indicating a potential Golden Ticket attack."
                        .formatted(administrator, foothold, domain.dnsName()),
                user(administrator, "compromised"),
                user(keys, "attacked").malicious(),
                device(foothold, "source").malicious(),
                ip(foothold, "source"),
                device(controller, "destination"));

        scene.later(3);
        scene.analystTakesOver();
        scene.later(2);
        scene.leaves(ActivityRecord.directory("Directory Services replication", administrator, foothold, controller)
                .over("Drsr", 49668));
        scene.grows(theft, device(foothold, "source").malicious(), ip(foothold, "source"));
        scene.later(6);
        scene.analystNotes("%s and %s are isolated. The owner of %s was on leave."
                .formatted(foothold, target, administrator.name()));
        scene.later(40);
        scene.analystResolves(
                Verdict.MULTI_STAGED_ATTACK,
                "krbtgt reset twice, %s and %s disabled, machines reimaged."
                        .formatted(administrator.name(), service.name()));
    }
}
