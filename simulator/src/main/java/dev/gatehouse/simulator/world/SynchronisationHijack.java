package dev.gatehouse.simulator.world;

import static dev.gatehouse.simulator.world.Evidence.cloudApplication;
import static dev.gatehouse.simulator.world.Evidence.cloudSession;
import static dev.gatehouse.simulator.world.Evidence.device;
import static dev.gatehouse.simulator.world.Evidence.ip;
import static dev.gatehouse.simulator.world.Evidence.user;

import dev.gatehouse.simulator.world.Account.Kind;
import dev.gatehouse.simulator.world.Evidence.Browser;
import dev.gatehouse.simulator.world.Machine.Role;

/**
 * From the ground to the cloud: Entra Connect's account, whose password lies on a server, signs in where it never does,
 * gives itself a second factor and a friend, and reaches Okta. These detections run on Defender's newer engine.
 */
final class SynchronisationHijack implements Story {

    private static final Browser SCRIPT =
            new Browser("Other", "Linux", "Mozilla/5.0 (compatible; python-requests/2.31 AADInternals)");
    private static final Browser BROWSER = new Browser(
            "Firefox 128.0",
            "Windows 10",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0");

    @Override
    public void play(Scene scene) {
        var sync = scene.the(Kind.SYNCHRONISATION);
        var server = scene.the(Role.SYNCHRONISATION_SERVER);
        var attacker = scene.attackersPlace();
        var administrator = scene.administrator();
        var session = scene.random().guid();

        // The account that only ever talks to one service runs a tool.
        scene.later(0.5);
        scene.leaves(ActivityRecord.cloudLogon(sync, attacker, "Microsoft Azure Active Directory Connect")
                .additionally("UserAgent", SCRIPT.userAgent()));
        scene.alert(
                "xdr_SuspiciousToolSyncAccountSignIn",
                "The Microsoft Entra Sync account %s signed in from %s (%s) with a tool that is known from attacks."
                        .formatted(sync, attacker.ipAddress(), attacker.country()),
                user(sync, "compromised"),
                ip(attacker, "source", "attacker"),
                cloudSession(sync, SCRIPT, session, "compromised"),
                device(server, "contextual"));

        scene.later(2.3);
        scene.leaves(ActivityRecord.cloudLogon(sync, attacker, "Azure Portal"));
        var risky = scene.alert(
                "xdr_RiskyEntraIDSyncAccount",
                "The sync account %s, at risk, signed in to Azure Portal, which it does not use.".formatted(sync),
                user(sync, "compromised"),
                ip(attacker, "source"),
                cloudApplication("Azure Portal", 12_260, "destination"));

        // A way back in, for later.
        scene.later(2.4);
        scene.leaves(ActivityRecord.cloudDirectory("Account attributes changed", sync, attacker, "Microsoft Entra ID")
                .target(administrator)
                .additionally("AttributeName", "StrongAuthenticationPhoneNumber"));
        scene.alert(
                "xdr_SuspiciousMFAAddition",
                "%s added an alternative phone number for multifactor authentication to %s from %s."
                        .formatted(sync, administrator, attacker.ipAddress()),
                user(sync, "attacker", "compromised"),
                user(administrator, "attacked", "edited"),
                ip(attacker, "source"));

        scene.later(2.1);
        scene.leaves(
                ActivityRecord.cloudLogon(administrator, attacker, "Microsoft Azure Sentinel"),
                ActivityRecord.cloudDirectory("Account created", administrator, attacker, "Microsoft Entra ID")
                        .additionally("ObjectName", "helpdesk-temp"),
                ActivityRecord.cloudDirectory("Role assigned", administrator, attacker, "Microsoft Entra ID")
                        .additionally("RoleName", "Privileged Authentication Administrator"));
        scene.alert(
                "xdr_SuspiciousUserCreationAndSensitiveRoleAssignment",
                "%s created the user helpdesk-temp and assigned the role Privileged Authentication Administrator to it."
                        .formatted(administrator),
                user(administrator, "compromised"),
                ip(attacker, "source"),
                cloudSession(administrator, BROWSER, scene.random().guid(), "compromised"));
        scene.grows(risky, cloudSession(sync, BROWSER, session, "compromised"));

        // The other identity provider is one single sign-on away.
        scene.later(2.4);
        scene.leaves(ActivityRecord.cloudLogon(administrator, attacker, "Okta"));
        scene.alert(
                "xdr_OktaPrivilegedRoleAssignedToApplication",
                "%s assigned a privileged Okta role to an application from %s (%s)."
                        .formatted(administrator, attacker.ipAddress(), attacker.city()),
                user(administrator, "compromised"),
                ip(attacker, "source"),
                cloudApplication("Okta", 10_980, "destination"));
        scene.later(2);
        scene.leaves(ActivityRecord.cloudLogon(administrator, attacker, "Okta").ofType("Login:token"));
        scene.alert(
                "xdr_PossibleOktaSessionTheft",
                "An Okta session of %s was used from two places at once, %s among them."
                        .formatted(administrator, attacker.city()),
                user(administrator, "compromised"),
                ip(attacker, "source", "attacker").malicious());

        scene.later(3);
        scene.analystTakesOver();
        scene.later(15);
        scene.analystNotes("Sessions revoked in Entra and Okta. %s is rebuilt.".formatted(server));
        scene.later(45);
        scene.analystResolves(
                Verdict.COMPROMISED_ACCOUNT, "Sync account replaced, helpdesk-temp deleted, phone number removed.");
    }
}
