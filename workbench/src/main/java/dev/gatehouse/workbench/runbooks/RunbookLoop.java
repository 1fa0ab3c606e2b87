package dev.gatehouse.workbench.runbooks;

import dev.gatehouse.intake.hunt.HuntingQuery;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.alerts.Alert;
import dev.gatehouse.workbench.alerts.AlertVendorAlert;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.alerts.AlertsChanged;
import dev.gatehouse.workbench.collect.PagesFirst;
import dev.gatehouse.workbench.detections.HuntingParameters;
import dev.gatehouse.workbench.detections.HuntingStep;
import dev.gatehouse.workbench.detections.RenderedQuery;
import dev.gatehouse.workbench.detections.RuleId;
import dev.gatehouse.workbench.detections.Runbook;
import dev.gatehouse.workbench.devices.ReadAccess;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.hunt.Hunt;
import dev.gatehouse.workbench.hunt.HuntingService.Automatic;
import dev.gatehouse.workbench.investigations.InvestigativeAction.Query;
import dev.gatehouse.workbench.investigations.InvestigativeAction.Said;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.investigations.InvestigativeActions.Ran;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.Fault;
import dev.gatehouse.workbench.processes.Loop;
import dev.gatehouse.workbench.processes.Sleeper;
import dev.gatehouse.workbench.records.VendorAlerts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Runs the runbooks of one tenant's new alerts, a query a round, when the tenant's budget has room beside people and polling.
 * Each result is kept together with the note that its step is done, so that a step is run again only when the process died
 * before its result was kept.
 */
final class RunbookLoop extends Loop {

    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final int MOST_VENDOR_ALERTS = 30;
    private static final int MOST_ROWS = 200;

    /** Microsoft looks no further back. */
    private static final Duration LONGEST_TIMESPAN = Duration.ofDays(30);

    /** While pages wait to be stored, nobody waits for a query's answer; but it is never put off longer than half a minute. */
    private static final Duration AFTER_PAGES = Duration.ofSeconds(2);

    private static final int MOST_PUT_OFF = 15;

    /** How often a query is tried again that failed of something that passes. */
    private static final int MOST_TRIES = 5;

    private final TenantId tenant;
    private final Surroundings surroundings;
    private int tries;
    private int putOff;
    private Optional<AtWork> atWork = Optional.empty();

    /** A step that is being run. */
    private record AtWork(Alert alert, HuntingStep step) {}

    /** Asks Microsoft, when the tenant's budget has room. */
    @FunctionalInterface
    interface Asker {
        Automatic ask(Connection connection, HuntingQuery query) throws InterruptedException;
    }

    /** What all loops share. */
    record Surroundings(
            DueRunbooks due,
            Alerts alerts,
            VendorAlerts vendorAlerts,
            Function<RuleId, Runbook> runbooks,
            SecurityDevices devices,
            Asker asker,
            InvestigativeActions actions,
            Fence fence,
            PagesFirst pages,
            InstantSource clock,
            ApplicationEventPublisher events) {}

    RunbookLoop(TenantId tenant, Surroundings surroundings, Sleeper sleeper) {
        super(sleeper);
        this.tenant = tenant;
        this.surroundings = surroundings;
    }

    @Override
    protected Optional<Duration> round() throws InterruptedException {
        if (putOff < MOST_PUT_OFF && surroundings.pages().isCrowded()) {
            putOff++;
            return Optional.of(AFTER_PAGES);
        }
        putOff = 0;
        var access = surroundings.devices().accessTo(tenant);
        if (access.isEmpty()) {
            return Optional.empty();
        }
        var next = surroundings.due().next(tenant);
        return Optional.of(next.isEmpty() ? IDLE : step(next.get(), access.get()));
    }

    private Duration step(DueRunbooks.Due due, ReadAccess access) throws InterruptedException {
        var alert = surroundings.alerts().find(Scope.everything(), due.alert());
        var step = alert.flatMap(found -> surroundings.runbooks().apply(new RuleId(found.ruleId())).steps().stream()
                .filter(each -> !due.done().contains(each.id()))
                .findFirst());
        if (alert.isEmpty() || step.isEmpty()) {
            surroundings.due().end(due.alert());
            return Duration.ZERO;
        }
        atWork = Optional.of(new AtWork(alert.get(), step.get()));
        var pause = run(alert.get(), step.get(), access);
        atWork = Optional.empty();
        return pause;
    }

    private Duration run(Alert alert, HuntingStep step, ReadAccess access) throws InterruptedException {
        var parameters = parameters(alert);
        var rendered = parameters
                .map(step::render)
                .orElseGet(() -> new RenderedQuery.Missing("The vendor alerts of this alert cannot be read."));
        switch (rendered) {
            case RenderedQuery.Missing(var reason) -> keep(alert, step, notRun(step.query(), reason));
            case RenderedQuery.Ready(var kql) -> {
                switch (access) {
                    case ReadAccess.Unusable(var diagnosis) -> keep(alert, step, notRun(kql, words(diagnosis)));
                    case ReadAccess.Usable usable -> {
                        return ask(alert, step, kql, parameters.orElseThrow(), usable);
                    }
                }
            }
        }
        return Duration.ZERO;
    }

    private Optional<HuntingParameters> parameters(Alert alert) {
        var ids = surroundings.alerts().vendorAlerts(Scope.everything(), alert.id(), MOST_VENDOR_ALERTS).stream()
                .map(AlertVendorAlert::vendorAlertId)
                .toList();
        var opened = surroundings.vendorAlerts().open(Scope.everything(), tenant, ids).stream()
                .map(VendorAlerts.Opened::alert)
                .toList();
        return opened.isEmpty() ? Optional.empty() : Optional.of(HuntingParameters.of(opened));
    }

    private Duration ask(
            Alert alert, HuntingStep step, String kql, HuntingParameters parameters, ReadAccess.Usable access)
            throws InterruptedException {
        var began = surroundings.clock().instant();
        var asked = surroundings.asker().ask(access.connection(), query(kql, step, parameters, began));
        switch (asked) {
            case Automatic.NotYet(var wait) -> {
                return wait;
            }
            case Automatic.Asked(Hunt.Refused(var diagnosis))
            when diagnosis.trouble().isPassing() && tries < MOST_TRIES -> {
                tries++;
                return diagnosis
                        .retryAfter()
                        .map(least -> longer(least, AFTER_FAILURE))
                        .orElse(AFTER_FAILURE);
            }
            case Automatic.Asked(var hunt) -> {
                tries = 0;
                keep(alert, step, result(step, kql, parameters, hunt, began));
            }
        }
        return Duration.ZERO;
    }

    /** Microsoft takes the shorter of its own span and the query's, so this one reaches back as far as the query looks. */
    private static HuntingQuery query(String kql, HuntingStep step, HuntingParameters parameters, Instant now) {
        var back = Duration.between(parameters.from().minus(step.before()), now).plusHours(1);
        var timespan = back.compareTo(LONGEST_TIMESPAN) > 0 ? LONGEST_TIMESPAN : longer(back, Duration.ofHours(1));
        return new HuntingQuery(kql, timespan, MOST_ROWS);
    }

    private Query result(HuntingStep step, String kql, HuntingParameters parameters, Hunt hunt, Instant began) {
        var ended = Optional.of(surroundings.clock().instant());
        return switch (hunt) {
            case Hunt.Found found ->
                new Query(
                        kql,
                        values(parameters),
                        Optional.of(ResultTable.of(found.rows())),
                        OptionalInt.of(found.rows().size()),
                        sentence(step, found),
                        "",
                        Optional.of(began),
                        ended);
            case Hunt.Refused(var diagnosis) ->
                new Query(
                        kql,
                        values(parameters),
                        Optional.empty(),
                        OptionalInt.empty(),
                        "",
                        words(diagnosis),
                        Optional.of(began),
                        ended);
        };
    }

    private static String sentence(HuntingStep step, Hunt.Found found) {
        var count = found.rows().size();
        return step.sentenceFor(count).orElseGet(() -> count == 1 ? "1 row." : "%,d rows.".formatted(count))
                + (found.isCut() ? " There may be more." : "");
    }

    private static Map<String, String> values(HuntingParameters parameters) {
        var values = new LinkedHashMap<String, String>();
        values.put("accounts", String.join(", ", parameters.accounts()));
        values.put("hosts", String.join(", ", parameters.hosts()));
        values.put("addresses", String.join(", ", parameters.addresses()));
        values.put("from", parameters.from().toString());
        values.put("to", parameters.to().toString());
        return values;
    }

    private static Query notRun(String kql, String why) {
        return new Query(
                kql, Map.of(), Optional.empty(), OptionalInt.empty(), "", why, Optional.empty(), Optional.empty());
    }

    private static String words(Diagnosis diagnosis) {
        return "%s %s".formatted(diagnosis.cause(), diagnosis.cure());
    }

    private void keep(Alert alert, HuntingStep step, Query query) {
        surroundings.fence().run(() -> {
            surroundings
                    .actions()
                    .keep(List.of(new Ran(
                            alert.id(),
                            tenant,
                            new Said(step.question(), "The runbook of rule " + alert.ruleId(), "", query.sentence()),
                            query)));
            surroundings.due().done(alert.id(), step.id());
        });
        surroundings.events().publishEvent(new AlertsChanged(List.of(alert.id())));
    }

    @Override
    protected Duration databaseIsAway(RuntimeException cause) {
        return AFTER_FAILURE;
    }

    /** The step that was worked on says so, and lets the next one pass. */
    @Override
    protected Duration failed(Fault fault) {
        if (atWork.isEmpty()) {
            return IDLE;
        }
        var stuck = atWork.get();
        atWork = Optional.empty();
        keep(stuck.alert(), stuck.step(), notRun(stuck.step().query(), words(fault.diagnosis("This query"))));
        return Duration.ZERO;
    }

    @Override
    protected String name() {
        return "Running runbooks of tenant " + tenant;
    }
}
