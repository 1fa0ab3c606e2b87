package dev.gatehouse.simulator.world;

import static dev.gatehouse.simulator.world.Evidence.device;
import static dev.gatehouse.simulator.world.Evidence.ip;
import static dev.gatehouse.simulator.world.Evidence.user;

import dev.gatehouse.simulator.world.Account.Kind;
import dev.gatehouse.simulator.world.Machine.Role;

/**
 * No exploit, no malware: somebody inside guesses names, finds the account that looks too good to be true, tries it,
 * and takes files home. It was too good to be true.
 */
final class CuriousInsider implements Story {

    @Override
    public void play(Scene scene) {
        var insider = scene.employee();
        var desk = scene.workplaceOf(insider);
        var controller = scene.the(Role.DOMAIN_CONTROLLER);
        var bait = scene.the(Kind.HONEYTOKEN);
        var server = scene.workplaceOf(bait);
        var guessed = scene.employees(3);

        // Names are tried at the door; the refusals tell which of them exist.
        scene.later(0.5);
        scene.leaves(guessed.stream()
                .map(account -> ActivityRecord.logon(account, desk, controller).failedBecause("WrongPassword"))
                .toArray(ActivityRecord[]::new));
        scene.alert(
                "2003",
                "Suspicious account enumeration activity using the Kerberos protocol, originating from %s, was observed and successfully guessed %s, %s and %s."
                        .formatted(desk, guessed.get(0), guessed.get(1), guessed.get(2)),
                user(guessed.get(0), "attacked"),
                user(guessed.get(1), "attacked"),
                user(guessed.get(2), "attacked"),
                device(desk, "source"),
                ip(desk, "source"),
                device(controller, "destination"));

        // "svc-vaultadmin", in Domain Admins, password never changed. Interesting.
        scene.later(2.5);
        scene.leaves(ActivityRecord.samrQuery(insider, desk, controller, "QueryUser", bait.name())
                .target(bait));
        scene.alert(
                "2439",
                "%s on %s queried the honeytoken %s via SAM-R on %s.".formatted(insider, desk, bait, controller),
                user(insider, "suspicious"),
                user(bait, "attacked"),
                device(desk, "source"),
                device(controller, "destination"));
        scene.later(2);
        scene.leaves(ActivityRecord.ldapQuery(
                        insider, desk, controller, "QueryUser", "(sAMAccountName=%s)".formatted(bait.name()))
                .target(bait));
        scene.alert(
                "2429",
                "%s on %s queried the honeytoken %s via LDAP on %s.".formatted(insider, desk, bait, controller),
                user(insider, "suspicious"),
                user(bait, "attacked"),
                device(desk, "source"),
                device(controller, "destination"));

        // The bait is taken.
        scene.later(2.5);
        scene.leaves(
                ActivityRecord.logon(bait, desk, controller).failedBecause("WrongPassword"),
                ActivityRecord.logon(bait, desk, controller));
        var bite = scene.alert(
                "2014",
                """
                The following activities were performed by %s:
                Logged in to %s via %s.""".formatted(bait, desk, controller),
                user(bait, "compromised"),
                user(insider, "suspicious"),
                device(desk, "source"),
                ip(desk, "source"),
                device(controller, "destination"));

        scene.later(2.2);
        scene.leaves(ActivityRecord.access(bait, desk, server, "cifs/" + server.dnsName()));
        scene.grows(bite, device(server, "destination"));

        scene.later(1.5);
        scene.leaves(
                ActivityRecord.directory("SMB file copy", insider, desk, controller)
                        .additionally("FileName", "ntds.dit"),
                ActivityRecord.directory("SMB file copy", insider, desk, controller)
                        .additionally("FileName", "SYSTEM"));
        scene.alert(
                "2030",
                "%s on %s copied suspicious files to %s.".formatted(insider, controller, desk),
                user(insider, "compromised", "attacker"),
                device(controller, "source", "attacked"),
                device(desk, "destination"),
                ip(desk, "destination"));

        scene.later(5);
        scene.analystTakesOver();
        scene.later(20);
        scene.analystNotes("Talked to %s together with HR.".formatted(insider.displayName()));
        scene.later(40);
        scene.analystResolves(Verdict.MALICIOUS_USER, "Account of %s disabled; files recovered.".formatted(insider));
    }
}
