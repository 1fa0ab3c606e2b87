package dev.gatehouse.setup;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.setup.credentials.Proof;
import dev.gatehouse.setup.credentials.SecretKeeper;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.journal.Journals;
import dev.gatehouse.setup.parts.AmbiguousApplication;
import dev.gatehouse.setup.parts.CredentialTarget;
import dev.gatehouse.setup.parts.KnownObjects;
import dev.gatehouse.setup.parts.Provisioner;
import dev.gatehouse.setup.parts.SetupParts;
import dev.gatehouse.setup.parts.SetupRun;
import dev.gatehouse.setup.plan.Applied;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Plan;
import dev.gatehouse.setup.plan.Progress;
import dev.gatehouse.setup.plan.Step;
import dev.gatehouse.setup.retry.RetryPolicy;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Makes a tenant as it should be, part by part. Every part is looked at again right before it is written, so that a run
 * may follow upon an interrupted one, or upon somebody's work by hand, and makes nothing twice.
 */
public final class Apply {

    private final Directory directory;
    private final Desired desired;
    private final Provisioner provisioner;
    private final CredentialTarget target;
    private final Progress progress;

    /**
     * Prepares a run; nothing happens yet.
     *
     * @param directory the tenant, as an administrator
     * @param cloud where the tenant lives
     * @param desired how it should be
     * @param journals where to note what is done
     * @param keeper who takes a new secret; without one no secret is made, because nobody could ever read it
     * @param proof tries a new secret or certificate before the device goes over to it from another
     * @param retryPolicy how long to wait for replication
     * @param progress who is told
     */
    public Apply(
            Directory directory,
            Cloud cloud,
            Desired desired,
            Journals journals,
            Optional<SecretKeeper> keeper,
            Proof proof,
            RetryPolicy retryPolicy,
            Progress progress) {
        this.directory = directory;
        this.desired = desired;
        this.provisioner = new Provisioner(desired.tenant(), journals, retryPolicy, progress);
        this.target = new CredentialTarget(cloud, keeper, proof, retryPolicy);
        this.progress = progress;
    }

    /**
     * Carries a plan out, as far as the administrator may.
     *
     * @return how each part ended
     * @throws AmbiguousApplication when it takes a person to say which app registration is meant
     */
    public Applied run(Plan plan) throws InterruptedException {
        var run = new SetupRun(directory, desired, plan, provisioner, target);
        var outcomes = new ArrayList<Outcome>();
        for (var step : plan.steps()) {
            progress.begins(step.part());
            var outcome = carryOut(step, run);
            progress.ends(outcome);
            outcomes.add(outcome);
        }
        return new Applied(outcomes, run.known().application().map(app -> ApplicationId.parse(app.appId())));
    }

    private static Outcome carryOut(Step step, SetupRun run) throws InterruptedException {
        var part = SetupParts.of(step.part());
        try {
            if (step.isBlocked()) {
                part.lookUp(run);
                return new Outcome.Blocked(step.part(), step.missingRoles());
            }
            return part.make(run);
        } catch (Refusal refusal) {
            return new Outcome.Refused(step.part(), refusal.reason().sentence());
        } catch (KnownObjects.Missing missing) {
            return new Outcome.Waiting(step.part(), missing.part());
        }
    }
}
