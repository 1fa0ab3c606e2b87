package dev.gatehouse.simulator.world;

import static dev.gatehouse.simulator.world.Evidence.device;
import static dev.gatehouse.simulator.world.Evidence.ip;
import static dev.gatehouse.simulator.world.Evidence.user;

import dev.gatehouse.simulator.world.Account.Kind;

/** The quarterly vulnerability scan, which nobody announced to the people who watch. A case to close, not to chase. */
final class NoisyScanner implements Story {

    @Override
    public void play(Scene scene) {
        var operator = scene.the(Kind.ADMINISTRATOR);
        var scanner = scene.server();
        var controller = scene.controller();

        scene.later(0.5);
        scene.leaves(
                ActivityRecord.logon(operator, scanner, controller).over("Smb", 445),
                ActivityRecord.directory("SMB session", operator, scanner, controller)
                        .over("Smb", 445));
        scene.alert(
                "2012",
                "SMB session enumeration attempts were successfully performed by %s, from %s against %s, exposing the addresses of signed-in accounts."
                        .formatted(operator, scanner, controller),
                user(operator, "suspicious"),
                device(scanner, "source"),
                ip(scanner, "source"),
                device(controller, "destination"));

        scene.later(2.2);
        scene.leaves(
                ActivityRecord.ldapQuery(operator, scanner, controller, "AllComputers", "(objectClass=computer)"),
                ActivityRecord.ldapQuery(operator, scanner, controller, "AllUsers", "(ms-Mcs-AdmPwd=*)"));
        var reconnaissance = scene.alert(
                "2210",
                "%s on %s sent suspicious LDAP queries to %s, searching for attributes that attackers look for."
                        .formatted(operator, scanner, controller),
                user(operator, "suspicious"),
                device(scanner, "source"),
                device(controller, "destination"));

        scene.later(1.5);
        scene.leaves(ActivityRecord.ldapQuery(
                operator, scanner, controller, "AllPolicies", "(objectClass=groupPolicyContainer)"));
        scene.grows(reconnaissance, ip(scanner, "source"));

        scene.later(6);
        scene.analystTakesOver();
        scene.later(12);
        scene.analystResolves(
                Verdict.SECURITY_TESTING,
                "Vulnerability scan from %s, announced by %s yesterday.".formatted(scanner, operator.displayName()));
    }
}
