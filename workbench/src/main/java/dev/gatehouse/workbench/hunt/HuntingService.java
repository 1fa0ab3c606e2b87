package dev.gatehouse.workbench.hunt;

import dev.gatehouse.intake.hunt.HuntOutcome;
import dev.gatehouse.intake.hunt.Hunter;
import dev.gatehouse.intake.hunt.HuntingQuery;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.budget.Budgets;
import dev.gatehouse.workbench.budget.Pause;
import dev.gatehouse.workbench.budget.Pauses;
import dev.gatehouse.workbench.budget.RequestKind;
import dev.gatehouse.workbench.budget.Spender;
import dev.gatehouse.workbench.devices.Credentials;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.processes.Loop;
import dev.gatehouse.workbench.processes.TenantLoops;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Where people hand in their queries. */
@Component
public class HuntingService {

    private final Hunter hunter;
    private final SecurityDevices devices;
    private final Budgets budgets;
    private final Pauses pauses;
    private final TenantLoops loops;
    private final HuntingLog log;
    private final InstantSource clock;

    HuntingService(
            Hunter hunter,
            SecurityDevices devices,
            Budgets budgets,
            Pauses pauses,
            TenantLoops loops,
            HuntingLog log,
            InstantSource clock) {
        this.hunter = hunter;
        this.devices = devices;
        this.budgets = budgets;
        this.pauses = pauses;
        this.loops = loops;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Runs a query now. Whatever comes of it, it is noted who ran it.
     *
     * @param device in the tenant of this device
     * @param who runs it
     * @throws dev.gatehouse.workbench.devices.NoSuchDevice when there is no such device
     * @throws InterruptedException when the calling thread was asked to stop
     */
    public Hunt run(UUID device, HuntingQuery query, String who) throws InterruptedException {
        var askedAt = clock.instant();
        var outcome =
                switch (devices.credentials(device)) {
                    case Credentials.Unusable(var diagnosis) -> new HuntOutcome.Failed(diagnosis, Duration.ZERO);
                    case Credentials.Usable(var connection) -> ask(connection, query);
                };
        log.note(new PastHunt(
                UUID.randomUUID(),
                device,
                "",
                query.text(),
                query.timespan(),
                who,
                askedAt,
                outcome instanceof HuntOutcome.Rows rows
                        ? Optional.of(rows.rows().size())
                        : Optional.empty(),
                outcome instanceof HuntOutcome.Failed failed
                        ? Optional.of(failed.diagnosis().cause())
                        : Optional.empty(),
                outcome.took()));
        return switch (outcome) {
            case HuntOutcome.Rows(var rows, var isCut, var took, var requestId) ->
                new Hunt.Found(rows, isCut, took, requestId);
            case HuntOutcome.Failed(var diagnosis, var _, var _) -> new Hunt.Refused(diagnosis);
        };
    }

    private HuntOutcome ask(Connection connection, HuntingQuery query) throws InterruptedException {
        var tenant = connection.tenant();
        // Where another process polls this tenant, it counts what it asks for itself. What is kept free for people is
        // ours in any case.
        var isPolledHere = loops.of(tenant, Loop.class).findAny().isPresent();
        var wait = isPolledHere
                ? budgets.take(tenant, RequestKind.HUNTING, Spender.PEOPLE)
                : budgets.takeWhatIsKeptForPeople(tenant);
        if (!wait.isZero()) {
            var why =
                    pauses.of(tenant, RequestKind.HUNTING).map(Pause::diagnosis).orElseGet(() -> noRoom(wait));
            return new HuntOutcome.Failed(why, Duration.ZERO);
        }
        return heeding(tenant, () -> hunter.hunt(connection, query));
    }

    /** What came of a query that nobody typed. */
    public sealed interface Automatic {

        /** It was asked. */
        record Asked(Hunt hunt) implements Automatic {}

        /** It may be asked after this time. */
        record NotYet(Duration pause) implements Automatic {}
    }

    /**
     * Runs a query that nobody typed, when the tenant's budget has room for it beside what people and polling ask. It is not
     * noted among people's queries.
     *
     * @throws InterruptedException when the calling thread was asked to stop
     */
    public Automatic runByItself(Connection connection, HuntingQuery query) throws InterruptedException {
        var tenant = connection.tenant();
        var wait = budgets.take(tenant, RequestKind.HUNTING, Spender.RUNBOOKS);
        if (!wait.isZero()) {
            return new Automatic.NotYet(wait);
        }
        return new Automatic.Asked(
                switch (heeding(tenant, () -> hunter.hunt(connection, query))) {
                    case HuntOutcome.Rows(var rows, var isCut, var took, var requestId) ->
                        new Hunt.Found(rows, isCut, took, requestId);
                    case HuntOutcome.Failed(var diagnosis, var _, var _) -> new Hunt.Refused(diagnosis);
                });
    }

    private interface Question {
        HuntOutcome ask() throws InterruptedException;
    }

    /** Notes what Microsoft wants from whoever hunts in this tenant. */
    private HuntOutcome heeding(TenantId tenant, Question question) throws InterruptedException {
        var isTold = false;
        try {
            var outcome = question.ask();
            switch (outcome) {
                case HuntOutcome.Rows _ -> pauses.answered(tenant, RequestKind.HUNTING);
                case HuntOutcome.Failed failed
                when failed.isAboutSignIn() -> pauses.unanswered(tenant, RequestKind.HUNTING);
                case HuntOutcome.Failed failed -> pauses.failed(tenant, RequestKind.HUNTING, failed.diagnosis());
            }
            isTold = true;
            return outcome;
        } finally {
            if (!isTold) {
                pauses.unanswered(tenant, RequestKind.HUNTING);
            }
        }
    }

    private static Diagnosis noRoom(Duration wait) {
        var seconds = Math.max(1, wait.toSeconds());
        return Diagnosis.of(
                        Trouble.THROTTLED,
                        "The hunting queries that this tenant may run at the moment are used up.",
                        "Try again in %s. Collection > Request budget shows who used them."
                                .formatted(seconds < 120 ? seconds + " s" : seconds / 60 + " min"))
                .withRetryAfter(wait);
    }

    /** The latest queries of everybody, the last first. */
    public List<PastHunt> latest(Scope scope, int most) {
        return log.latest(scope, most);
    }
}
