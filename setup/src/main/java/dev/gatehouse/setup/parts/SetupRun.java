package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.ServicePrincipal;
import dev.gatehouse.setup.journal.Journal;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Plan;

/** One run that carries a plan out: what the parts need for it, and what they tell each other. */
public final class SetupRun {

    private final Directory directory;
    private final Desired desired;
    private final Plan plan;
    private final Provisioner provisioner;
    private final CredentialTarget target;
    private final Search search;
    private final KnownObjects known = new KnownObjects();

    /**
     * Prepares a run; nothing happens yet.
     *
     * @param directory the tenant, as an administrator
     * @param desired how it should be
     * @param plan the plan that was made of it
     * @param provisioner makes each part, with the journal
     * @param target where a new secret or certificate goes
     */
    public SetupRun(Directory directory, Desired desired, Plan plan, Provisioner provisioner, CredentialTarget target) {
        this.directory = directory;
        this.desired = desired;
        this.plan = plan;
        this.provisioner = provisioner;
        this.target = target;
        this.search = new Search(directory, desired);
    }

    /** What the run has found or made so far. */
    public KnownObjects known() {
        return known;
    }

    Directory directory() {
        return directory;
    }

    Desired desired() {
        return desired;
    }

    Plan plan() {
        return plan;
    }

    /** Microsoft Graph itself, with the permissions that it offers. */
    ServicePrincipal graph() {
        return plan.present().graph();
    }

    Provisioner provisioner() {
        return provisioner;
    }

    CredentialTarget target() {
        return target;
    }

    Search search() {
        return search;
    }

    Journal journal() {
        return provisioner.journal();
    }
}
