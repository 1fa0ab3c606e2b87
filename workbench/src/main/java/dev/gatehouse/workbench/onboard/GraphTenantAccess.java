package dev.gatehouse.workbench.onboard;

import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.setup.Apply;
import dev.gatehouse.setup.CloudAccess;
import dev.gatehouse.setup.Planner;
import dev.gatehouse.setup.TenantReader;
import dev.gatehouse.setup.credentials.SecretKeeper;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.journal.Journals;
import dev.gatehouse.setup.parts.AmbiguousApplication;
import dev.gatehouse.setup.plan.Applied;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Plan;
import dev.gatehouse.setup.plan.Progress;
import dev.gatehouse.setup.retry.RetryPolicy;
import dev.gatehouse.setup.signin.AdminSignIn;
import dev.gatehouse.setup.signin.AdminSignInFailed;
import dev.gatehouse.setup.signin.SignInMethod;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The real one: sign-in by device code, then Microsoft Graph. */
@Component
class GraphTenantAccess implements TenantAccess {

    private final Journals journals;
    private final RetryPolicy retryPolicy;
    private final PageMemory memory;
    private final InstantSource clock;

    GraphTenantAccess(Journals journals, RetryPolicy retryPolicy, PageMemory memory, InstantSource clock) {
        this.journals = journals;
        this.retryPolicy = retryPolicy;
        this.memory = memory;
        this.clock = clock;
    }

    @Override
    public Visit visit(SetUp setUp, Cloud cloud, Consumer<SignInMethod.Code> show) {
        var access = new CloudAccess(cloud, memory, clock);
        var signIn = access.signIn(
                setUp.directory(), AdminSignIn.GRAPH_COMMAND_LINE_TOOLS, new SignInMethod.DeviceCode(show));
        return new GraphVisit(access, signIn);
    }

    private final class GraphVisit implements Visit {

        private final CloudAccess access;
        private final AdminSignIn signIn;
        private String token = "";

        GraphVisit(CloudAccess access, AdminSignIn signIn) {
            this.access = access;
            this.signIn = signIn;
        }

        @Override
        public String signIn(Set<String> scopes) throws InterruptedException {
            var all = new HashSet<>(TenantReader.SCOPES);
            all.addAll(scopes);
            try {
                var granted = signIn.token(all);
                token = granted.value();
                return granted.name();
            } catch (AdminSignInFailed e) {
                throw new RunFailed(e.reason(), e);
            }
        }

        @Override
        public Plan plan(Desired desired) throws InterruptedException {
            var reader = new TenantReader(directory(), clock);
            try {
                return Planner.plan(desired, reader.read(desired, journals.load(desired.tenant())), reader.admin());
            } catch (AmbiguousApplication e) {
                throw ambiguous(e);
            } catch (IllegalArgumentException | UncheckedIOException e) {
                throw new RunFailed(String.valueOf(e.getMessage()), e);
            } catch (Refusal e) {
                throw new RunFailed(e.reason().sentence(), e);
            }
        }

        @Override
        public Applied apply(Plan plan, SecretKeeper keeper, Progress progress) throws InterruptedException {
            try {
                return new Apply(
                                directory(),
                                access.cloud(),
                                plan.desired(),
                                journals,
                                Optional.of(keeper),
                                access.proof(),
                                retryPolicy,
                                progress)
                        .run(plan);
            } catch (AmbiguousApplication e) {
                throw ambiguous(e);
            } catch (UncheckedIOException e) {
                throw new RunFailed(String.valueOf(e.getMessage()), e);
            }
        }

        private Directory directory() {
            return access.directory(() -> token);
        }

        @Override
        public void close() {
            access.close();
        }
    }

    private static RunFailed ambiguous(AmbiguousApplication e) {
        return new RunFailed(
                "%s. Edit this set-up and enter that one as the app registration to use.".formatted(e.getMessage()), e);
    }
}
