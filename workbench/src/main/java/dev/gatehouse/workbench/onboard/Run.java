package dev.gatehouse.workbench.onboard;

import dev.gatehouse.intake.probe.Check;
import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.setup.Planner;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Applied;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Plan;
import dev.gatehouse.setup.plan.Progress;
import dev.gatehouse.setup.profile.ProviderProfile;
import dev.gatehouse.setup.retry.RetryPolicy;
import dev.gatehouse.setup.signin.SignInMethod;
import dev.gatehouse.workbench.devices.ConnectionTests;
import dev.gatehouse.workbench.devices.ConsoleAccesses;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.processes.Fatal;
import dev.gatehouse.workbench.processes.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/**
 * One administrator's sign-in and what comes of it: read, show the plan, wait for a yes, carry it out, look again. It
 * goes on in the server when the page is closed. The administrator's token lives in the visit inside {@link #run} and is
 * gone when that ends; nothing else in here, and nothing that a page can show, knows it.
 */
final class Run implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Run.class);

    /** Shorter than a token lives, so that a late yes need not fail. */
    private static final Duration PATIENCE_FOR_A_YES = Duration.ofMinutes(30);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final SetUp setUp;
    private final Cloud cloud;
    private final Purpose purpose;
    private final String actor;
    private final Surroundings surroundings;
    private final CompletableFuture<String> yes = new CompletableFuture<>();

    private volatile Phase phase = new Phase.Opening();
    private volatile boolean cancelled;
    private List<Work> works = List.of();
    private Optional<Handover> handover = Optional.empty();

    /** What all runs share. */
    record Surroundings(
            TenantAccess access,
            SetUps setUps,
            SecurityDevices devices,
            DeviceEditing editing,
            ConnectionTests tests,
            ConsoleAccesses consoleAccesses,
            ProviderProfile profile,
            RetryPolicy retryPolicy,
            InstantSource clock,
            ApplicationEventPublisher events) {}

    Run(SetUp setUp, Cloud cloud, Purpose purpose, String actor, Surroundings surroundings) {
        this.setUp = setUp;
        this.cloud = cloud;
        this.purpose = purpose;
        this.actor = actor;
        this.surroundings = surroundings;
    }

    Phase phase() {
        return phase;
    }

    /** Says yes to the plan; only the first yes counts. */
    void confirm(String who) {
        yes.complete(who);
    }

    /** Notes that the interruption that follows was wanted. */
    void cancelled() {
        cancelled = true;
    }

    @Override
    public void run() {
        Phase.Ended end;
        try (var visit = surroundings.access().visit(setUp, cloud, this::show)) {
            end = go(visit);
        } catch (RunFailed e) {
            end = ended(Phase.Result.FAILED, e.reason());
        } catch (InterruptedException e) {
            end = broken();
        } catch (RuntimeException | Error e) {
            if (Fatal.is(e)) {
                throw e;
            }
            if (cancelled || Thread.currentThread().isInterrupted()) {
                end = broken();
            } else {
                log.error(
                        "The set-up of {} failed in a way that should not happen",
                        setUp.directory(),
                        Fault.of(e).trace());
                end = ended(
                        Phase.Result.FAILED,
                        "This should not have happened. The server's log says more. Start again: what is there is kept.");
            }
        }
        // The database does not like to be asked by an interrupted thread.
        Thread.interrupted();
        finish(end);
    }

    private void finish(Phase.Ended end) {
        try {
            surroundings.setUps().remember(setUp.id(), "RUN_" + end.result(), end.sentence(), actor);
            surroundings.setUps().end(setUp.id());
        } catch (RuntimeException e) {
            log.error("The end of the set-up of {} could not be written down", setUp.directory(), e);
        } finally {
            enter(end);
        }
    }

    private Phase.Ended broken() {
        return ended(
                Phase.Result.CANCELLED,
                works.isEmpty()
                        ? "Cancelled. Nothing was changed in the tenant."
                        : "Stopped in the middle. Start again to finish it: what is there is kept, nothing is made twice.");
    }

    private Phase.Ended ended(Phase.Result result, String sentence) {
        return new Phase.Ended(result, sentence, works, handover, now());
    }

    private Instant now() {
        return surroundings.clock().instant();
    }

    private void enter(Phase next) {
        phase = next;
        surroundings.events().publishEvent(new SetUpChanged(setUp.id()));
    }

    private void show(SignInMethod.Code code) {
        enter(new Phase.SigningIn(code.address(), code.userCode(), now().plus(code.lifetime()), yes.isDone()));
    }

    // ---- The run, from the sign-in to the last look --------------------------------------------------------------

    private Phase.Ended go(TenantAccess.Visit visit) throws InterruptedException {
        var admin = visit.signIn(Set.of());
        surroundings.setUps().remember(setUp.id(), "SIGNED_IN", "At Microsoft as %s".formatted(admin), actor);
        enter(new Phase.Reading(admin));
        var plan = look(visit);
        handover = Handover.of(plan, cloud, application(plan));
        if (purpose == Purpose.CHECK) {
            deviceOf().ifPresent(this::tryConnection);
            return checked(plan);
        }
        if (plan.allowed().isEmpty()) {
            deviceOf().ifPresent(this::tryConnection);
            return ended(
                    plan.isEmpty() ? Phase.Result.DONE : Phase.Result.PARTLY,
                    plan.isEmpty()
                            ? "Nothing to do: the tenant is as the guide has it."
                            : "There is nothing that %s may do. A colleague has to do the rest.".formatted(admin));
        }
        var view = PlanView.of(plan);
        enter(new Phase.Planned(view, handover, now().plus(PATIENCE_FOR_A_YES)));
        var confirmer = awaitYes();
        if (confirmer.isEmpty()) {
            return ended(Phase.Result.CANCELLED, "Nobody said yes to the plan in time. Nothing was changed.");
        }
        surroundings
                .setUps()
                .remember(setUp.id(), "APPLY_STARTED", "As %s: %s".formatted(admin, view.summary()), confirmer.get());
        return carryOut(visit, plan, confirmer.get());
    }

    private Optional<String> awaitYes() throws InterruptedException {
        try {
            return Optional.of(yes.get(PATIENCE_FOR_A_YES.toSeconds(), TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Nobody fails to say yes", e);
        }
    }

    private Phase.Ended checked(Plan plan) {
        var open = Findings.of(plan).stream()
                .filter(finding -> !finding.isConfirmed())
                .count();
        return ended(
                open == 0 ? Phase.Result.DONE : Phase.Result.PARTLY,
                open == 0
                        ? "Steps 1 and 2 are confirmed."
                        : "Checked. %d of steps 1 and 2 %s left; each says why below."
                                .formatted(open, open == 1 ? "is" : "are"));
    }

    private Phase.Ended carryOut(TenantAccess.Visit visit, Plan plan, String confirmer) throws InterruptedException {
        works = plan.steps().stream()
                .map(step -> new Work(step.part().key(), step.part().title(), Work.State.WAITING, ""))
                .toList();
        visit.signIn(plan.scopes());
        enter(new Phase.Working(works));
        var applied = visit.apply(
                plan,
                new DeviceKeeper(surroundings.devices(), surroundings.editing(), setUp, confirmer),
                new Telling());
        applied.application().ifPresent(application -> surroundings.setUps().using(setUp.id(), application));
        var after = lookUntilSeen(visit, applied);
        handover = Handover.of(after, cloud, applied.application());
        var isConnected = connect(applied);
        if (!applied.isComplete()) {
            return ended(
                    Phase.Result.PARTLY,
                    handover.isPresent()
                            ? "What this administrator may do is done. The rest is for a colleague."
                            : "Not all of it worked; each part says why. Start again when that is cured.");
        }
        return isConnected
                ? ended(Phase.Result.DONE, "The tenant is as the guide has it, and the connection works.")
                : ended(
                        Phase.Result.PARTLY,
                        "The tenant is as the guide has it, but the connection does not work yet. Step 3 says why.");
    }

    // ---- Looking -------------------------------------------------------------------------------------------------

    /** Reads the tenant and keeps what that shows. */
    private Plan look(TenantAccess.Visit visit) throws InterruptedException {
        var plan = plan(visit);
        keep(plan);
        return plan;
    }

    /** A server of Microsoft's that is asked right after a change may not know of it yet. */
    private Plan lookUntilSeen(TenantAccess.Visit visit, Applied applied) throws InterruptedException {
        var retryPolicy = surroundings.retryPolicy();
        var end = retryPolicy.end();
        var plan = plan(visit);
        while (!isSeen(plan, applied) && !retryPolicy.isOver(end)) {
            retryPolicy.sleeper().sleep(BETWEEN_LOOKS);
            plan = plan(visit);
        }
        keep(plan);
        return plan;
    }

    private static boolean isSeen(Plan plan, Applied applied) {
        return applied.outcomes().stream()
                .filter(Outcome::isGood)
                .map(Outcome::part)
                .filter(part -> part != Part.SECRET)
                .allMatch(part -> plan.step(part).action() == Action.KEEP);
    }

    private Plan plan(TenantAccess.Visit visit) throws InterruptedException {
        var device = deviceOf();
        var desired = new Desired(
                setUp.directory(),
                setUp.organization(),
                setUp.choosing(surroundings.profile()),
                setUp.adopted(),
                device.isEmpty());
        var plan = visit.plan(desired);
        return device.isPresent() && needsSecret(device.get(), plan)
                ? Planner.plan(desired.wantingSecret(true), plan.present(), plan.admin())
                : plan;
    }

    /** The device has a secret of another application, or one that does not work any more. */
    private boolean needsSecret(SecurityDevice device, Plan plan) {
        return !application(plan).equals(Optional.of(device.application()))
                || Findings.needsSecret(surroundings.tests().test(device.id()));
    }

    private void keep(Plan plan) {
        surroundings.setUps().note(setUp.id(), Findings.of(plan), actor);
        application(plan).ifPresent(application -> surroundings.setUps().using(setUp.id(), application));
        ConsoleLook.at(plan, surroundings.consoleAccesses().of(setUp.directory()))
                .ifPresent(look -> surroundings.consoleAccesses().note(setUp.directory(), look.state(), look.reason()));
    }

    private static Optional<ApplicationId> application(Plan plan) {
        return plan.present().application().map(application -> ApplicationId.parse(application.appId()));
    }

    private Optional<SecurityDevice> deviceOf() {
        return DeviceKeeper.deviceOf(surroundings.devices(), setUp);
    }

    // ---- Trying the connection -----------------------------------------------------------------------------------

    private boolean connect(Applied applied) throws InterruptedException {
        var device = deviceOf();
        if (device.isEmpty()) {
            return false;
        }
        var retryPolicy = surroundings.retryPolicy();
        var end = retryPolicy.end();
        var checks = tryConnection(device.get());
        while (applied.isComplete() && !isPassed(checks) && Findings.mayPass(checks) && !retryPolicy.isOver(end)) {
            retryPolicy.sleeper().sleep(BETWEEN_LOOKS);
            checks = tryConnection(device.get());
        }
        return isPassed(checks);
    }

    /** Of steps 1 and 2 the administrator's look has said more than the application's own token can. */
    private List<Check> tryConnection(SecurityDevice device) {
        var checks = surroundings.tests().test(device.id());
        var ofStepThree = Findings.of(checks).stream()
                .filter(finding -> finding.point() == GuideStep.CONNECTION)
                .toList();
        surroundings.setUps().note(setUp.id(), ofStepThree, actor);
        return checks;
    }

    private static boolean isPassed(List<Check> checks) {
        return checks.stream().allMatch(check -> check.diagnosis().isEmpty());
    }

    // ---- Telling how it goes -------------------------------------------------------------------------------------

    /** Hears of every part while the plan is carried out. */
    private final class Telling implements Progress {

        @Override
        public void begins(Part part) {
            tell(part, Work.State.NOW, "");
        }

        @Override
        public void waits(Part part, String why) {
            tell(part, Work.State.NOW, "Waiting for Microsoft: " + why);
        }

        @Override
        public void ends(Outcome outcome) {
            var state =
                    switch (outcome) {
                        case Outcome.Kept _, Outcome.Made _, Outcome.Undone _ -> Work.State.DONE;
                        case Outcome.Blocked _, Outcome.Waiting _ -> Work.State.LEFT;
                        case Outcome.Refused _ -> Work.State.FAILED;
                    };
            tell(outcome.part(), state, outcome.sentence());
        }

        private void tell(Part part, Work.State state, String detail) {
            var changed = new ArrayList<Work>();
            works.forEach(work -> changed.add(work.key().equals(part.key()) ? work.is(state, detail) : work));
            works = List.copyOf(changed);
            enter(new Phase.Working(works));
        }
    }
}
