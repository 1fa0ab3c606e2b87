package dev.gatehouse.cli.tenant;

import dev.gatehouse.model.Cloud;
import dev.gatehouse.setup.CloudAccess;
import dev.gatehouse.setup.Planner;
import dev.gatehouse.setup.TenantReader;
import dev.gatehouse.setup.credentials.Proof;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.journal.JournalFiles;
import dev.gatehouse.setup.parts.AmbiguousApplication;
import dev.gatehouse.setup.plan.Admin;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Plan;
import dev.gatehouse.setup.plan.Present;
import dev.gatehouse.setup.signin.AdminSignIn;
import dev.gatehouse.setup.signin.AdminSignInFailed;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/** One command's dealings with one tenant: the connections, the administrator's token, the journal. */
final class Session implements AutoCloseable {

    private static final String CHECK_THE_WAY =
            " Check this machine's network and proxy, and for a cloud of one's own --authority, --graph and --ca-certificate.";

    private final CloudAccess access;
    private final AdminSignIn signIn;
    private final JournalFiles journals;
    private String token = "";
    private String name = "";

    Session(TenantOptions options, TenantContext context) {
        this.access = new CloudAccess(options.cloud(), InstantSource.system());
        this.signIn = options.signIn(access, context);
        this.journals = new JournalFiles(context.journals());
    }

    Cloud cloud() {
        return access.cloud();
    }

    JournalFiles journals() {
        return journals;
    }

    /** Who signed in. */
    String name() {
        return name;
    }

    /** Signs in, with the permissions for reading and these. */
    Directory signedIn(Set<String> scopes) throws InterruptedException {
        var all = new HashSet<>(TenantReader.SCOPES);
        all.addAll(scopes);
        try {
            var granted = signIn.token(all);
            token = granted.value();
            name = granted.name();
            return access.directory(() -> token);
        } catch (AdminSignInFailed e) {
            throw e.isUnreachable()
                    ? new TenantFailure(TenantFailure.Kind.NOT_REACHABLE, e.reason() + CHECK_THE_WAY, e)
                    : new TenantFailure(TenantFailure.Kind.NOT_AUTHORISED, e.reason(), e);
        }
    }

    Plan plan(Directory directory, Desired desired) throws InterruptedException {
        var reader = new TenantReader(directory, InstantSource.system());
        try {
            Admin admin = reader.admin();
            Present present = reader.read(desired, journals.load(desired.tenant()));
            return Planner.plan(desired, present, admin);
        } catch (AmbiguousApplication | IllegalArgumentException e) {
            throw new TenantFailure(
                    TenantFailure.Kind.BAD_INPUT,
                    e.getMessage() + (e instanceof AmbiguousApplication ? " (--application-id)" : ""),
                    e);
        } catch (Refusal e) {
            throw new TenantFailure(
                    e.reason().status() == 0 ? TenantFailure.Kind.NOT_REACHABLE : TenantFailure.Kind.NOT_AUTHORISED,
                    e.reason().sentence() + (e.reason().status() == 0 ? CHECK_THE_WAY : ""),
                    e);
        }
    }

    Proof proof() {
        return access.proof();
    }

    @Override
    public void close() {
        access.close();
    }
}
