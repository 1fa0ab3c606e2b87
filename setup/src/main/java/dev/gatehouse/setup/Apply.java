package dev.gatehouse.setup;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.setup.credentials.Proof;
import dev.gatehouse.setup.credentials.SecretKeeper;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Guest;
import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.journal.Journals;
import dev.gatehouse.setup.plan.Applied;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
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

    private final Making making;
    private final Progress progress;
    private final Search search;
    private final Found found = new Found();
    private final AccessSteps access;
    private final RegistrationSteps registration;
    private final KeyStep key;

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
        this.progress = progress;
        this.making = new Making(desired.tenant(), journals, retryPolicy, progress);
        this.search = new Search(directory, desired);
        this.access = new AccessSteps(directory, desired, making, search, found);
        this.registration = new RegistrationSteps(directory, desired, making, search, found);
        this.key = new KeyStep(directory, cloud, desired, keeper, proof, retryPolicy, making, found);
    }

    /**
     * Carries a plan out, as far as the administrator may.
     *
     * @return how each part ended
     * @throws AmbiguousApplication when it takes a person to say which app registration is meant
     */
    public Applied run(Plan plan) throws InterruptedException {
        var outcomes = new ArrayList<Outcome>();
        for (var step : plan.steps()) {
            progress.begins(step.part());
            var outcome = carryOut(step, plan);
            progress.ends(outcome);
            if (step.part() == Part.CONSENT && outcome.isGood()) {
                found.consented();
            }
            outcomes.add(outcome);
        }
        return new Applied(outcomes, found.application().map(app -> ApplicationId.parse(app.appId())));
    }

    private Outcome carryOut(Step step, Plan plan) throws InterruptedException {
        try {
            if (step.isBlocked()) {
                remember(step.part());
                return new Outcome.Blocked(step.part(), step.missingRoles());
            }
            return switch (step.part()) {
                case GUEST -> making.make(Part.GUEST, access::lookAtGuest);
                case ROLE -> making.make(Part.ROLE, access::lookAtRole);
                case PARTNER -> making.make(Part.PARTNER, access::lookAtPartner);
                case APPLICATION -> making.make(Part.APPLICATION, () -> registration.lookAtApplication(plan.present()));
                case SERVICE_PRINCIPAL -> making.make(Part.SERVICE_PRINCIPAL, registration::lookAtServicePrincipal);
                case CONSENT -> registration.consent(plan.present());
                case DELEGATED_CONSENT ->
                    making.make(Part.DELEGATED_CONSENT, () -> registration.lookAtDelegatedConsent(plan.present()));
                case OWNER -> making.make(Part.OWNER, registration::lookAtOwner);
                case SECRET -> key.make(plan.credentialTerms());
            };
        } catch (Refusal refusal) {
            return new Outcome.Refused(step.part(), refusal.reason().sentence());
        } catch (Found.Missing missing) {
            return new Outcome.Waiting(step.part(), missing.part());
        }
    }

    /** Later parts may need what somebody else made of a part that this administrator may not touch. */
    private void remember(Part part) throws InterruptedException {
        switch (part) {
            case GUEST -> found.guest(search.guest(making.journal()).map(Guest::id));
            case APPLICATION -> found.application(search.application(making.journal()));
            case SERVICE_PRINCIPAL -> {
                var app = found.application();
                if (app.isPresent()) {
                    found.principal(search.principal(making.journal(), app.get()));
                }
            }
            case ROLE, PARTNER, CONSENT, DELEGATED_CONSENT, OWNER, SECRET -> {}
        }
    }
}
