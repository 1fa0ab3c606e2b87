package dev.gatehouse.simulator.world;

import static dev.gatehouse.simulator.world.Evidence.device;
import static dev.gatehouse.simulator.world.Evidence.domain;
import static dev.gatehouse.simulator.world.Evidence.ip;
import static dev.gatehouse.simulator.world.Evidence.session;
import static dev.gatehouse.simulator.world.Evidence.user;

import java.util.Locale;

/**
 * A domain controller is made to knock on the wrong door (PetitPotam, DFSCoerce), its knock is relayed, and a computer
 * that was created for the purpose is allowed to act for anyone. When that is not enough: Netlogon.
 */
final class CoercedController implements Story {

    @Override
    public void play(Scene scene) {
        var intruder = scene.employee();
        var foothold = scene.workplaceOf(intruder);
        var controllers = scene.organization().machines(Machine.Role.DOMAIN_CONTROLLER);
        var coerced = controllers.getFirst();
        var relayedTo = controllers.get(1);
        var administrator = scene.administrator();
        var newComputer = "DESKTOP-%s$".formatted(scene.random().hex(6).toUpperCase(Locale.ROOT));

        // Where are the controllers, and who answers?
        scene.later(0.5);
        scene.leaves(
                ActivityRecord.dnsQuery(
                        foothold,
                        coerced,
                        "Srv",
                        "_ldap._tcp.dc._msdcs." + scene.domain().dnsName()),
                ActivityRecord.dnsQuery(foothold, coerced, "All", scene.domain().dnsName()),
                ActivityRecord.dnsQuery(foothold, coerced, "A", relayedTo.dnsName()));
        scene.alert(
                "2007",
                "Suspicious DNS activity was observed, originating from %s (which is not a DNS server) against %s."
                        .formatted(foothold, coerced),
                device(foothold, "source"),
                ip(foothold, "source"),
                device(coerced, "destination"),
                Evidence.dns(scene.domain().dnsName(), coerced, foothold, "contextual"));

        // PetitPotam: "please open this file for me", and the file is on the attacker's machine.
        scene.later(2.3);
        scene.leaves(
                ActivityRecord.logon(intruder, foothold, coerced).over("Ntlm", 445),
                ActivityRecord.directory("Remote procedure call", intruder, foothold, coerced)
                        .over("Efsrpc", 445)
                        .additionally("Opnum", "EfsRpcOpenFileRaw"));
        var coercion = scene.alert(
                "2416",
                "%s on %s opened a suspicious network connection to %s over the Encrypting File System Remote Protocol, and may have coerced %s to authenticate."
                        .formatted(intruder, foothold, coerced, coerced.accountName()),
                user(intruder, "attacker", "compromised"),
                device(foothold, "source"),
                ip(foothold, "source"),
                device(coerced, "destination", "attacked"));

        // The same through another door.
        scene.later(2);
        scene.leaves(ActivityRecord.directory("Remote procedure call", intruder, foothold, coerced)
                .over("Netdfs", 445)
                .additionally("Opnum", "NetrDfsRemoveStdRoot"));
        scene.alert(
                "2426",
                "%s on %s tried to coerce %s to authenticate using the Distributed File System Protocol."
                        .formatted(intruder, foothold, coerced),
                user(intruder, "attacker"),
                device(foothold, "source"),
                ip(foothold, "source"),
                device(coerced, "destination", "attacked"));
        scene.grows(coercion, session(intruder, foothold, scene.random().hex(16), "compromised"));

        // A computer that nobody ordered may now act for everybody.
        scene.later(2.4);
        scene.leaves(
                ActivityRecord.directory("Security Principal created", intruder, foothold, relayedTo)
                        .additionally("ObjectName", newComputer),
                ActivityRecord.directory("Account Constrained Delegation changed", intruder, foothold, relayedTo)
                        .target(coerced)
                        .additionally("AttributeName", "msDS-AllowedToActOnBehalfOfOtherIdentity"));
        scene.alert(
                "2423",
                "The machine account %s modified its Resource Based Constrained Delegation attribute on %s, so that the newly created computer %s may act on behalf of any account."
                        .formatted(coerced.accountName(), relayedTo, newComputer),
                user(intruder, "compromised"),
                device(foothold, "source"),
                device(coerced, "edited", "attacked"),
                device(relayedTo, "destination"));

        scene.later(2);
        scene.leaves(ActivityRecord.access(administrator, foothold, coerced, "cifs/" + coerced.dnsName())
                .additionally("DelegatingAccount", newComputer));
        scene.alert(
                "2040",
                "%s used a Kerberos ticket that %s obtained by Resource Based Constrained Delegation to access cifs/%s from %s. May be a Golden Ticket."
                        .formatted(administrator, newComputer, coerced.dnsName(), foothold),
                user(administrator, "compromised"),
                device(foothold, "source"),
                ip(foothold, "source"),
                device(coerced, "destination"));

        // And an old key that still fits one lock.
        scene.later(2.2);
        scene.leaves(ActivityRecord.logon(administrator, foothold, relayedTo)
                .over("Netlogon", 49670)
                .failedBecause("InvalidComputerCredentials"));
        scene.alert(
                "2411",
                "An actor on %s attempted to establish a vulnerable Netlogon channel to %s (CVE-2020-1472)."
                        .formatted(foothold, relayedTo),
                device(foothold, "source").malicious(),
                ip(foothold, "source"),
                device(relayedTo, "destination", "attacked"),
                domain(scene.domain(), "contextual"));

        scene.later(3);
        scene.analystTakesOver();
        scene.later(15);
        scene.analystNotes(
                "%s deleted, delegation removed. LDAP signing was off on %s.".formatted(newComputer, relayedTo));
        scene.later(30);
        scene.analystResolves(
                Verdict.MULTI_STAGED_ATTACK, "%s reimaged, machine account quota set to 0.".formatted(foothold));
    }
}
