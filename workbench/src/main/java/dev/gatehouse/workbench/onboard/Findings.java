package dev.gatehouse.workbench.onboard;

import dev.gatehouse.intake.probe.Check;
import dev.gatehouse.intake.probe.ConnectionTest;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.setup.Planner;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Difference;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Plan;
import dev.gatehouse.setup.plan.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Says of each point of the guide whether it is confirmed and why it is not, in the guide's words. */
final class Findings {

    private static final Set<Trouble> ABOUT_SECRET = EnumSet.of(
            Trouble.BAD_SECRET,
            Trouble.SECRET_ID_NOT_VALUE,
            Trouble.SECRET_EXPIRED,
            Trouble.SECRET_UNREADABLE,
            Trouble.BAD_CERTIFICATE,
            Trouble.CERTIFICATE_EXPIRED);
    private static final Set<Trouble> ABOUT_APPLICATION =
            EnumSet.of(Trouble.BAD_APPLICATION, Trouble.APPLICATION_DISABLED);

    /** Microsoft's names of the switches, and the labels beside them in the admin center. */
    private static final Map<String, String> SWITCHES = Map.of(
            "inboundTrust.isMfaAccepted", "Trust multifactor authentication from Microsoft Entra tenants",
            "inboundTrust.isCompliantDeviceAccepted", "Trust compliant devices",
            "inboundTrust.isHybridAzureADJoinedDeviceAccepted", "Trust Microsoft Entra hybrid joined devices",
            "automaticUserConsentSettings.inboundAllowed", "Automatically redeem invitations");

    private Findings() {}

    /** What an administrator's look shows of steps 1 and 2. */
    static List<Finding> of(Plan plan) {
        // Whether our device needs a secret of its own is another question than whether the guide's step was done.
        var guide = Planner.plan(plan.desired().wantingSecret(false), plan.present(), plan.admin());
        return List.of(
                of(GuideStep.GUEST, guide, Part.GUEST),
                of(GuideStep.ROLE, guide, Part.ROLE),
                of(GuideStep.PARTNER, guide, Part.PARTNER),
                of(GuideStep.APPLICATION, guide, Part.APPLICATION, Part.SERVICE_PRINCIPAL),
                of(GuideStep.SECRET, guide, Part.SECRET),
                of(GuideStep.PERMISSIONS, guide, Part.CONSENT),
                of(GuideStep.USER_READ, guide, Part.DELEGATED_CONSENT));
    }

    private static Finding of(GuideStep point, Plan plan, Part... parts) {
        var reasons = new ArrayList<String>();
        for (var part : parts) {
            var step = plan.step(part);
            if (step.action() == Action.UNKNOWN) {
                return Finding.unknown(
                        point,
                        "This administrator may not read it. %s"
                                .formatted(String.join(" ", step.notes()))
                                .strip());
            }
            if (step.isChange()) {
                reasons.add(reason(step, plan));
            }
        }
        return reasons.isEmpty() ? Finding.confirmed(point) : Finding.open(point, reasons.getFirst());
    }

    private static String reason(Step step, Plan plan) {
        var profile = plan.desired().profile();
        var isThere = step.action() == Action.CHANGE;
        return switch (step.part()) {
            case GUEST ->
                isThere
                        ? sentences(step)
                        : "There is no guest user %s yet."
                                .formatted(plan.desired().guestMail());
            case ROLE ->
                "%s is not assigned to %s yet."
                        .formatted(
                                profile.guest().role().title(), plan.desired().guestMail());
            case PARTNER ->
                isThere
                        ? "Switched off on the Trust settings tab: %s.".formatted(switches(step))
                        : "%s is not among the organizations of Cross-tenant access settings yet."
                                .formatted(profile.provider());
            case APPLICATION ->
                isThere
                        ? applicationReason(step)
                        : "There is no app registration '%s' yet."
                                .formatted(profile.application().displayName());
            case SERVICE_PRINCIPAL ->
                isThere
                        ? "The application is disabled in Enterprise applications."
                        : "The app registration has no enterprise application in this tenant. Granting admin consent makes it.";
            case CONSENT, DELEGATED_CONSENT ->
                "Admin consent is missing for %s. Select Grant admin consent for %s under API permissions."
                        .formatted(wanted(step), plan.present().organization().displayName());
            case OWNER -> "The application is not among its own owners, so that it cannot replace its own secret.";
            case SECRET ->
                "The app registration has no %s that is still valid. %s"
                        .formatted(
                                profile.application().usesCertificate() ? "certificate" : "client secret",
                                String.join(" ", plan.credentialPolicy()))
                        .strip();
        };
    }

    private static String applicationReason(Step step) {
        var missing = step.differences().stream()
                .filter(difference -> difference.field().equals("requiredResourceAccess"))
                .map(difference -> difference.desired().replaceAll(" \\(\\w+\\)$", ""))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            return "Missing under API permissions: %s.".formatted(missing);
        }
        return "Supported account types is not 'Accounts in this organizational directory only'.";
    }

    private static String switches(Step step) {
        return step.differences().stream()
                .map(difference -> SWITCHES.getOrDefault(difference.field(), difference.field()))
                .collect(Collectors.joining(", "));
    }

    private static String wanted(Step step) {
        return step.differences().stream().map(Difference::desired).collect(Collectors.joining(", "));
    }

    private static String sentences(Step step) {
        return step.differences().stream()
                .map(difference -> switch (difference.field()) {
                    case "accountEnabled" -> "The account is blocked from signing in.";
                    case "displayName" ->
                        "The display name is '%s' and not '%s'.".formatted(difference.present(), difference.desired());
                    default -> difference + ".";
                })
                .collect(Collectors.joining(" "));
    }

    /** What trying the connection as the application itself shows of steps 2 and 3. What was not tried is left out. */
    static List<Finding> of(List<Check> checks) {
        var findings = new ArrayList<Finding>();
        var signIn = failures(checks, ConnectionTest::isAboutSignIn);
        var permissions = failures(checks, ConnectionTest::isAboutPermission);
        var all = failures(checks, check -> true);
        if (isTried(checks, ConnectionTest::isAboutSignIn)) {
            if (signIn.isEmpty()) {
                findings.add(Finding.confirmed(GuideStep.APPLICATION));
                findings.add(Finding.confirmed(GuideStep.SECRET));
            }
        }
        firstAbout(all, ABOUT_APPLICATION)
                .ifPresent(reason -> findings.add(Finding.open(GuideStep.APPLICATION, reason)));
        firstAbout(all, ABOUT_SECRET).ifPresent(reason -> findings.add(Finding.open(GuideStep.SECRET, reason)));
        if (!permissions.isEmpty()) {
            findings.add(Finding.open(GuideStep.PERMISSIONS, sentences(permissions)));
        } else if (isTried(checks, ConnectionTest::isAboutPermission) && !isUnknown(checks)) {
            findings.add(Finding.confirmed(GuideStep.PERMISSIONS));
        }
        if (!checks.isEmpty()) {
            findings.add(
                    all.isEmpty()
                            ? Finding.confirmed(GuideStep.CONNECTION)
                            : Finding.open(GuideStep.CONNECTION, sentence(all.getFirst())));
        }
        return findings;
    }

    /** Whether a connection fails for something that a new secret or certificate cures. */
    static boolean needsSecret(List<Check> checks) {
        return firstAbout(failures(checks, check -> true), ABOUT_SECRET).isPresent();
    }

    /** Whether all that failed may be so because Microsoft's servers do not agree yet on what was just made. */
    static boolean mayPass(List<Check> checks) {
        return failures(checks, check -> true).stream()
                .map(Diagnosis::trouble)
                .allMatch(trouble -> trouble.isPassing()
                        || trouble == Trouble.BAD_SECRET
                        || trouble == Trouble.BAD_CERTIFICATE
                        || trouble == Trouble.CONSENT_MISSING
                        || trouble == Trouble.PERMISSION_MISSING
                        || ABOUT_APPLICATION.contains(trouble));
    }

    private static boolean isTried(List<Check> checks, Predicate<Check> which) {
        return checks.stream().filter(which).anyMatch(check -> check.result() != Check.Result.SKIPPED);
    }

    /** Whether the token does not tell what it carries. */
    private static boolean isUnknown(List<Check> checks) {
        return checks.stream().anyMatch(check -> check.result() == Check.Result.UNKNOWN);
    }

    private static List<Diagnosis> failures(List<Check> checks, Predicate<Check> which) {
        return checks.stream()
                .filter(which)
                .map(Check::diagnosis)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> firstAbout(List<Diagnosis> failures, Set<Trouble> troubles) {
        return failures.stream()
                .filter(failure -> troubles.contains(failure.trouble()))
                .map(Findings::sentence)
                .findFirst();
    }

    private static String sentences(List<Diagnosis> failures) {
        return failures.stream().map(Diagnosis::cause).distinct().collect(Collectors.joining(" "))
                + " Add what is missing as an application permission of Microsoft Graph, and select Grant admin consent.";
    }

    private static String sentence(Diagnosis failure) {
        return "%s %s".formatted(failure.cause(), failure.cure());
    }
}
