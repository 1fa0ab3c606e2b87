package dev.gatehouse.simulator.world;

import static dev.gatehouse.simulator.world.Evidence.device;
import static dev.gatehouse.simulator.world.Evidence.domain;
import static dev.gatehouse.simulator.world.Evidence.ip;
import static dev.gatehouse.simulator.world.Evidence.user;

import dev.gatehouse.simulator.world.Machine.Role;

/**
 * Certificates instead of passwords: AS-REP roasting for a start, shadow credentials to become someone else, a
 * certificate in a domain controller's name (ESC8), a blind spot in the authority's log, and DCShadow to write into the
 * directory unseen.
 */
final class CertificateForgery implements Story {

    @Override
    public void play(Scene scene) {
        var intruder = scene.employee();
        var foothold = scene.workplaceOf(intruder);
        var roasted = scene.serviceAccount();
        var target = scene.employee();
        var controller = scene.controller();
        var authority = scene.the(Role.CERTIFICATE_AUTHORITY);
        var domain = scene.domain();

        // Accounts without pre-authentication hand out something to crack to whoever asks.
        scene.later(0.5);
        scene.leaves(
                ActivityRecord.ldapQuery(
                        intruder,
                        foothold,
                        controller,
                        "QueryUser",
                        "(userAccountControl:1.2.840.113556.1.4.803:=4194304)"),
                ActivityRecord.logon(roasted, foothold, controller)
                        .ofType("Kerberos authentication without pre-authentication")
                        .additionally("EncryptionType", "RC4"));
        var roasting = scene.alert(
                "2412",
                "An actor on %s requested Kerberos authentication of %s from %s without pre-authentication. Its password may be cracked offline."
                        .formatted(foothold, roasted, controller),
                user(roasted, "attacked"),
                user(intruder, "attacker"),
                device(foothold, "source"),
                ip(foothold, "source"),
                device(controller, "destination"));

        // A key of the attacker's own, written beside the victim's password.
        scene.later(2.4);
        scene.leaves(
                ActivityRecord.ldapQuery(roasted, foothold, controller, "QueryUser", "(msDS-KeyCredentialLink=*)"),
                ActivityRecord.directory("Account attributes changed", roasted, foothold, controller)
                        .target(target)
                        .additionally("AttributeName", "msDS-KeyCredentialLink"));
        scene.alert(
                "2431",
                "%s on %s wrote to msDS-KeyCredentialLink of %s. The account may be taken over using shadow credentials."
                        .formatted(roasted, foothold, target),
                user(roasted, "attacker", "compromised"),
                user(target, "attacked", "edited"),
                device(foothold, "source"),
                ip(foothold, "source"),
                device(controller, "destination"));

        // From another corner: the certificate authority is asked for a domain controller's papers.
        scene.later(2.2);
        scene.looksUnrelated();
        scene.leaves(
                ActivityRecord.logon(target, foothold, authority).over("Ntlm", 80),
                ActivityRecord.directory("Certificate request", target, foothold, authority)
                        .target(controller)
                        .additionally("CertificateTemplate", "DomainController"));
        scene.alert(
                "2432",
                "%s on %s requested a domain controller certificate for %s from %s over HTTP (ESC8)."
                        .formatted(target, foothold, controller.accountName(), authority),
                user(target, "compromised"),
                device(foothold, "source"),
                ip(foothold, "source"),
                device(authority, "destination", "attacked"),
                device(controller, "attacked"));
        scene.later(1.8);
        scene.leaves(ActivityRecord.directory("Audit policy changed", target, foothold, authority)
                .target(authority)
                .additionally("AuditFilter", "0"));
        scene.alert(
                "2434",
                "%s disabled the audit filters of the certificate authority %s.".formatted(target, authority),
                user(target, "compromised"),
                device(foothold, "source"),
                device(authority, "destination", "edited"));

        // The papers are shown at the door.
        scene.later(2.3);
        scene.turnsOutToBeOneAttack();
        scene.leaves(ActivityRecord.logon(target, foothold, controller)
                .ofType("Credentials validation")
                .additionally("PreAuthenticationType", "PKINIT")
                .additionally("CertificateIssuer", authority.name()));
        scene.alert(
                "2425",
                "%s signed in from %s to %s with a suspicious certificate over the Kerberos protocol (PKINIT)."
                        .formatted(target, foothold, controller),
                user(target, "compromised"),
                device(foothold, "source"),
                ip(foothold, "source"),
                device(controller, "destination"));
        scene.grows(roasting, user(target, "attacked"));

        // For a minute the workstation is a domain controller.
        scene.later(2.3);
        scene.leaves(
                ActivityRecord.directory("Security Principal created", target, foothold, controller)
                        .target(foothold)
                        .additionally("ObjectClass", "nTDSDSA"),
                ActivityRecord.directory("Directory Services replication", target, foothold, controller)
                        .over("Drsr", 49668));
        var promotion = scene.alert(
                "2028",
                "%s, which is a computer in %s, registered as a domain controller on %s."
                        .formatted(foothold, domain.dnsName(), controller),
                user(target, "compromised"),
                device(foothold, "source", "attacker").malicious(),
                device(controller, "destination", "attacked"),
                domain(domain, "attacked"));
        scene.alertTogetherWith(
                promotion,
                "2029",
                "%s, which is not a valid domain controller in %s, sent changes to directory objects on %s."
                        .formatted(foothold, domain.dnsName(), controller),
                device(foothold, "source", "attacker").malicious(),
                ip(foothold, "source"),
                device(controller, "destination", "attacked"),
                domain(domain, "attacked"));

        scene.later(3);
        scene.analystTakesOver();
        scene.later(12);
        scene.analystNotes("Web enrollment on %s accepted NTLM. It is switched off now.".formatted(authority));
        scene.later(35);
        scene.analystResolves(
                Verdict.MULTI_STAGED_ATTACK,
                "Certificates revoked, key credential of %s removed, %s reimaged, rogue server object deleted."
                        .formatted(target.name(), foothold));
    }
}
