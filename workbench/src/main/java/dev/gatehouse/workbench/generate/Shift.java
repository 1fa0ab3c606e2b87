package dev.gatehouse.workbench.generate;

import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertActions;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.alerts.CloseReason;
import dev.gatehouse.workbench.detections.AlertSeverity;
import dev.gatehouse.workbench.investigations.Comments;
import dev.gatehouse.workbench.investigations.Decision;
import dev.gatehouse.workbench.investigations.Findings;
import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.investigations.InvestigationField;
import dev.gatehouse.workbench.investigations.Investigations;
import dev.gatehouse.workbench.investigations.InvestigativeAction;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What people do with the alerts of some days: most are closed, some are investigated, some are left. */
public final class Shift {

    private static final int AT_ONCE = 60;
    private static final Duration RECENT = Duration.ofDays(3);

    /** In percent, the first ones first. */
    private static final Map<CloseReason, Integer> REASONS = ordered(
            Map.entry(CloseReason.BENIGN, 46),
            Map.entry(CloseReason.FALSE_POSITIVE, 24),
            Map.entry(CloseReason.IT_MISCONFIGURATION, 10),
            Map.entry(CloseReason.TESTING, 6),
            Map.entry(CloseReason.TRUE_POSITIVE, 5),
            Map.entry(CloseReason.INCONCLUSIVE, 4),
            Map.entry(CloseReason.POLICY_VIOLATION, 3),
            Map.entry(CloseReason.OTHER, 2));

    private static final Map<Decision, Integer> DECISIONS = ordered(
            Map.entry(Decision.BENIGN, 40),
            Map.entry(Decision.FALSE_POSITIVE, 20),
            Map.entry(Decision.TRUE_POSITIVE, 14),
            Map.entry(Decision.IT_MISCONFIGURATION, 10),
            Map.entry(Decision.ATTACK_FAILED, 6),
            Map.entry(Decision.TESTING, 6),
            Map.entry(Decision.INCONCLUSIVE, 4));

    private static final List<String> COMMENTS = List.of(
            "Known scanner of the customer; it runs every night.",
            "The owner of the account has confirmed it.",
            "Service account with a script that is known. Nothing else from that host.",
            "Sign-ins are as usual for this person and this address.",
            "Test of the red team, announced last week.",
            "No further activity of the account was found within a day.");

    private static final List<String> ANSWERS = List.of(
            "The account of an administrator, from a computer that it uses every day.",
            "No other host has been reached from there. The queries of the runbook came back empty.",
            "It began with a scheduled task. The customer knows of it, and has changed its account.",
            "A member of the help desk tried the tool. The password was reset all the same.");

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static <K> Map<K, Integer> ordered(Map.Entry<K, Integer>... entries) {
        var map = new LinkedHashMap<K, Integer>();
        for (var entry : entries) {
            map.put(entry.getKey(), entry.getValue());
        }
        return map;
    }

    private final Alerts alerts;
    private final AlertActions actions;
    private final Investigations investigations;
    private final InvestigationActions investigating;
    private final Findings findings;
    private final Comments comments;
    private final InvestigativeActions steps;

    /** By what the screens call. */
    public Shift(
            Alerts alerts,
            AlertActions actions,
            Investigations investigations,
            InvestigationActions investigating,
            Findings findings,
            Comments comments,
            InvestigativeActions steps) {
        this.alerts = alerts;
        this.actions = actions;
        this.investigations = investigations;
        this.investigating = investigating;
        this.findings = findings;
        this.comments = comments;
        this.steps = steps;
    }

    /**
     * What a shift came to.
     *
     * @param closed how many alerts were closed
     * @param investigations how many investigations were opened
     * @param incidents how many of them became incidents
     */
    record Done(int closed, int investigations, int incidents) {}

    /**
     * Who works, and when.
     *
     * @param scope the organization
     * @param people who works for it
     * @param begin nothing is done before it
     * @param now nothing is done after it
     * @param investigated how many of a thousand alerts lead to an investigation
     */
    record Plan(Scope scope, List<Actor> people, Instant begin, Instant now, int investigated) {

        private boolean isRecent() {
            return begin.plus(RECENT).isAfter(now);
        }

        private Instant after(Instant time, Duration pause) {
            var then = time.plus(pause);
            return then.isAfter(now) ? now : then;
        }
    }

    /** Works on alerts that were made. */
    Done work(Plan plan, Collection<UUID> made, Dice dice) {
        // By what they are and not by their ids, which no seed says.
        var open = alerts.all(plan.scope(), made).values().stream()
                .filter(alert -> !alert.isClosed())
                .sorted(Comparator.comparing(Alert::created)
                        .thenComparing(Alert::firstActivity)
                        .thenComparing(Alert::ruleId))
                .toList();
        var toClose = new ArrayList<Alert>();
        var toStart = new ArrayList<Alert>();
        var cases = new ArrayList<List<Alert>>();
        for (var alert : open) {
            var number = dice.below(1_000);
            if (number < chanceOfCase(alert, plan.investigated())) {
                var before = cases.isEmpty() ? List.<Alert>of() : cases.getLast();
                if (!before.isEmpty() && before.size() < 3 && dice.chance(0.4)) {
                    cases.getLast().add(alert);
                } else {
                    cases.add(new ArrayList<>(List.of(alert)));
                }
            } else if (number >= (plan.isRecent() ? 550 : 985)) {
                if (dice.chance(0.4)) {
                    toStart.add(alert);
                }
            } else {
                toClose.add(alert);
            }
        }
        for (var begin = 0; begin < toStart.size(); begin += AT_ONCE) {
            start(plan, toStart.subList(begin, Math.min(toStart.size(), begin + AT_ONCE)), dice);
        }
        for (var begin = 0; begin < toClose.size(); begin += AT_ONCE) {
            close(plan, toClose.subList(begin, Math.min(toClose.size(), begin + AT_ONCE)), dice);
        }
        var incidents = 0;
        for (var one : cases) {
            incidents += investigate(plan, one, dice) ? 1 : 0;
        }
        return new Done(toClose.size(), cases.size(), incidents);
    }

    /** What is severe is looked into more often. */
    private static int chanceOfCase(Alert alert, int investigated) {
        return alert.severity() == AlertSeverity.CRITICAL || alert.severity() == AlertSeverity.HIGH
                ? investigated * 2
                : investigated * 2 / 3;
    }

    private void start(Plan plan, List<Alert> some, Dice dice) {
        var who = dice.of(plan.people());
        var when = plan.after(plan.begin(), dice.between(Duration.ofMinutes(10), Duration.ofHours(8)));
        PastClock.at(when, () -> actions.start(plan.scope(), who, seen(some)));
    }

    private void close(Plan plan, List<Alert> some, Dice dice) {
        var who = dice.of(plan.people());
        var worked = plan.after(plan.begin(), dice.between(Duration.ofMinutes(3), Duration.ofHours(9)));
        var closed = plan.after(worked, dice.between(Duration.ofMinutes(5), Duration.ofHours(5)));
        var isStarted = dice.chance(0.4);
        if (isStarted) {
            PastClock.at(worked, () -> actions.start(plan.scope(), who, seen(some)));
        }
        var reason = weighted(REASONS, dice);
        var comment = dice.of(COMMENTS);
        var present = isStarted ? again(plan, some) : some;
        PastClock.at(closed, () -> actions.close(plan.scope(), who, seen(present), reason, comment));
    }

    private List<Alert> again(Plan plan, List<Alert> some) {
        return List.copyOf(
                alerts.all(plan.scope(), some.stream().map(Alert::id).toList()).values());
    }

    private static List<AlertActions.Seen> seen(List<Alert> some) {
        return some.stream().map(AlertActions.Seen::of).toList();
    }

    /** Whether it becomes an incident. */
    private boolean investigate(Plan plan, List<Alert> some, Dice dice) {
        var scope = plan.scope();
        var who = dice.of(plan.people());
        var opened = plan.after(plan.begin(), dice.between(Duration.ofMinutes(3), Duration.ofHours(6)));
        var isIncident = dice.chance(0.1);
        var id = PastClock.at(
                opened,
                () -> investigating.openFrom(
                        scope, who, some.stream().map(Alert::id).toList(), ""));
        var said = plan.after(opened, dice.between(Duration.ofMinutes(5), Duration.ofMinutes(50)));
        var answer = dice.of(ANSWERS);
        PastClock.at(said, () -> {
            investigating.update(
                    scope,
                    who,
                    now(scope, id),
                    Map.of(
                            InvestigationField.ANALYST_SEVERITY,
                            isIncident ? "HIGH" : dice.of(List.of("MEDIUM", "LOW", "INFO")),
                            InvestigationField.OPEN_SUMMARY,
                            answer),
                    Optional.of(who));
            if (dice.chance(0.6)) {
                var question = findings.of(scope, id).getFirst();
                findings.change(
                        scope,
                        who,
                        id,
                        new InvestigationActions.Seen(question.id(), question.revision()),
                        question.title(),
                        answer);
            }
            if (dice.chance(0.5)) {
                comments.add(scope, who, id, dice.of(COMMENTS));
            }
            if (dice.chance(0.3)) {
                steps.add(
                        scope,
                        who,
                        id,
                        dice.of(List.of(InvestigativeAction.Type.MANUAL, InvestigativeAction.Type.VERIFY)),
                        new InvestigativeAction.Said(
                                "Ask the owner of the account",
                                "Only they know whether it was them.",
                                "Did you sign in there at that time?",
                                ""),
                        Optional.of(who));
            }
            if (isIncident) {
                investigating.promote(scope, who, now(scope, id));
            }
            return true;
        });
        if (dice.chance(plan.isRecent() ? 0.3 : 0.97)) {
            var closed = plan.after(said, dice.between(Duration.ofMinutes(10), Duration.ofHours(30)));
            var decision = isIncident ? Decision.TRUE_POSITIVE : weighted(DECISIONS, dice);
            PastClock.at(closed, () -> {
                investigating.close(scope, who, now(scope, id), decision, dice.of(COMMENTS), seen(again(plan, some)));
                return true;
            });
        }
        return isIncident;
    }

    private InvestigationActions.Seen now(Scope scope, UUID id) {
        return InvestigationActions.Seen.of(investigations.find(scope, id).orElseThrow());
    }

    private static <K> K weighted(Map<K, Integer> weights, Dice dice) {
        var number =
                dice.below(weights.values().stream().mapToInt(Integer::intValue).sum());
        for (var entry : weights.entrySet()) {
            number -= entry.getValue();
            if (number < 0) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("No weights");
    }
}
