package dev.gatehouse.simulator.world;

import static dev.gatehouse.simulator.world.Evidence.device;
import static dev.gatehouse.simulator.world.Evidence.domain;
import static dev.gatehouse.simulator.world.Evidence.group;
import static dev.gatehouse.simulator.world.Evidence.ip;
import static dev.gatehouse.simulator.world.Evidence.session;
import static dev.gatehouse.simulator.world.Evidence.user;

import java.util.ArrayList;

/**
 * One password against many accounts, until someone chose it. Then in by the front door: VPN, an administrator's
 * sign-in, and new members in the groups that matter.
 */
final class SprayedPassword implements Story {

    private static final int SPRAYED = 9;

    @Override
    public void play(Scene scene) {
        var sprayed = scene.employees(SPRAYED);
        var weakest = sprayed.getLast();
        var kiosk = scene.workplaceOf(scene.employee());
        var controller = scene.controller();
        var attacker = scene.attackersPlace();
        var gateway = scene.server();
        var administrator = scene.administrator();
        var admins = scene.organization().group("Domain Admins");
        var operators = scene.organization().group("Tier 0 Operators");

        // "Spring2026!" against everyone. Eight refuse, the ninth opens.
        scene.later(0.5);
        var attempts = new ArrayList<ActivityRecord>();
        for (var account : sprayed) {
            var attempt = ActivityRecord.logon(account, kiosk, controller).over("Ntlm", 445);
            attempts.add(account.equals(weakest) ? attempt : attempt.failedBecause("WrongPassword"));
        }
        scene.leaves(attempts.toArray(new ActivityRecord[0]));
        var spray = scene.alert(
                "2023",
                "Suspicious authentication failures indicating a potential brute-force attack were detected from %s: %d accounts were tried against %s, and the password of %s was guessed."
                        .formatted(kiosk, SPRAYED, controller, weakest),
                user(weakest, "compromised", "attacked"),
                user(sprayed.getFirst(), "attacked"),
                user(sprayed.get(1), "attacked"),
                device(kiosk, "source"),
                ip(kiosk, "source"),
                device(controller, "destination"));
        scene.alertTogetherWith(
                spray,
                "2004",
                "A brute force attack using the Ldap protocol was attempted on %s from %s (%d guess attempts)."
                        .formatted(weakest, kiosk, SPRAYED * 4),
                user(weakest, "attacked"),
                device(kiosk, "source"),
                device(controller, "destination"));

        // The spray goes on through a second controller.
        scene.later(1.5);
        var late = sprayed.subList(2, 5);
        var second = scene.controller();
        scene.leaves(late.stream()
                .map(account -> ActivityRecord.logon(account, kiosk, second)
                        .over("Ntlm", 445)
                        .failedBecause("WrongPassword"))
                .toArray(ActivityRecord[]::new));
        scene.grows(spray, user(late.getFirst(), "attacked"), user(late.getLast(), "attacked"));

        // The guessed account comes in from far away.
        scene.later(1.5);
        scene.leaves(ActivityRecord.vpn(weakest, attacker, gateway));
        scene.alert(
                "2025",
                "%s connected to a VPN from %s (%s), where nobody of %s has connected from before."
                        .formatted(
                                weakest,
                                attacker.city(),
                                attacker.country(),
                                scene.domain().company()),
                user(weakest, "compromised"),
                ip(attacker, "source", "attacker"),
                device(gateway, "destination"));

        // An administrator's session on that machine was waiting to be used.
        scene.later(2.5);
        scene.leaves(
                ActivityRecord.logon(administrator, gateway, controller).over("Ntlm", 445),
                ActivityRecord.access(administrator, gateway, controller, "cifs/" + controller.dnsName()));
        scene.alert(
                "2017",
                "%s's hash was stolen from one of the computers previously logged into by %s and used from %s."
                        .formatted(administrator, administrator, gateway),
                user(administrator, "compromised"),
                device(gateway, "source"),
                ip(gateway, "source"),
                device(controller, "destination"),
                session(administrator, gateway, scene.random().hex(16), "compromised"));

        // The guessed account becomes somebody.
        scene.later(2.2);
        scene.leaves(
                ActivityRecord.directory("Group Membership changed", administrator, gateway, controller)
                        .target(weakest)
                        .target(admins),
                ActivityRecord.directory("Group Membership changed", administrator, gateway, controller)
                        .target(weakest)
                        .target(operators));
        scene.alert(
                "2024",
                "%s has uncharacteristically modified sensitive group memberships: %s was added to %s and %s."
                        .formatted(administrator, weakest, admins.name(), operators.name()),
                user(administrator, "compromised"),
                user(weakest, "added"),
                group(admins, "edited"),
                group(operators, "edited"),
                device(gateway, "source"),
                device(controller, "destination"),
                domain(scene.domain(), "contextual"));

        // And tries the new powers.
        scene.later(2.5);
        scene.leaves(
                ActivityRecord.directory("Task scheduling", weakest, kiosk, controller)
                        .additionally("TaskName", "\\Microsoft\\Windows\\Maintenance\\Sweep"),
                ActivityRecord.directory("PowerShell execution", weakest, kiosk, controller));
        scene.alert(
                "2019",
                """
                The following remote code execution attempts were performed on %s from %s:
                Successful remote scheduling of one or more tasks by %s.
                Successful remote execution of one or more PowerShell commands by %s.""".formatted(controller, kiosk, weakest, weakest),
                user(weakest, "compromised", "attacker"),
                device(kiosk, "source"),
                ip(kiosk, "source"),
                device(controller, "destination", "attacked"));

        scene.later(4);
        scene.analystTakesOver();
        scene.later(10);
        scene.analystNotes("%s confirms by phone: not in %s, and the password was \"Spring2026!\"."
                .formatted(weakest.displayName(), attacker.country()));
        scene.later(30);
        scene.analystResolves(
                Verdict.COMPROMISED_ACCOUNT,
                "Memberships removed, both passwords reset, VPN now asks for a second factor.");
    }
}
