package dev.gatehouse.cli.tenant;

import dev.gatehouse.setup.Apply;
import dev.gatehouse.setup.credentials.SecretKeeper;
import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.plan.Applied;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Plan;
import dev.gatehouse.setup.plan.Progress;
import dev.gatehouse.setup.retry.RetryPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the tenant as the guide wants it. */
@Command(
        name = "apply",
        description = "Do what the plan says. Safe to run again: what is there is kept.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A new client secret goes from Microsoft straight into the Workbench, as a new security",
            "device or into the one of this directory.",
            "Exit code 0: everything is as it should be. 1: something is left."
        })
final class ApplyCommand implements Callable<Integer> {

    private final TenantContext context;

    @Mixin
    private final TenantOptions tenant = new TenantOptions();

    @Mixin
    private final DeviceOptions device = new DeviceOptions();

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Print plan and outcome as JSON. Needs --yes.")
    private boolean json;

    ApplyCommand(TenantContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (json && (!yes || device.printSecret)) {
            throw new TenantFailure(
                    TenantFailure.Kind.BAD_INPUT, "--json needs --yes, and does not go with --print-secret.");
        }
        var desired = tenant.desired();
        try (var session = new Session(tenant, context);
                var place = place()) {
            var wanting = desired.wantingSecret(place.wantsSecret(desired));
            var plan = session.plan(session.signedIn(Set.of()), wanting);
            if (!json) {
                PlanText.lines(plan, session.name()).forEach(context.out()::println);
                place.goingOver(plan).ifPresent(context.out()::println);
            }
            if (plan.allowed().isEmpty()) {
                return finish(session, plan, Optional.empty());
            }
            if (!yes) {
                context.confirm("Do this?");
            }
            var directory = session.signedIn(plan.scopes());
            var keeper = place.keeper(plan);
            var applied = new Apply(
                            directory,
                            session.cloud(),
                            wanting,
                            session.journals(),
                            keeper,
                            session.proof(),
                            RetryPolicy.usual(),
                            json ? Progress.SILENT : new ConsoleProgress(context.out()))
                    .run(plan);
            return finish(session, plan, Optional.of(applied));
        }
    }

    private int finish(Session session, Plan plan, Optional<Applied> applied) {
        var isComplete = applied.map(Applied::isComplete).orElse(plan.isEmpty());
        var application = applied.flatMap(Applied::application);
        if (json) {
            var result = PlanText.JSON.createObjectNode().put("complete", isComplete);
            result.set("plan", PlanText.json(plan, session.name()));
            result.set(
                    "outcomes", PlanText.outcomes(applied.map(Applied::outcomes).orElse(List.of())));
            application.ifPresent(id -> result.put("application_id", id.toString()));
            context.out().println(result.toPrettyString());
        } else {
            Handover.lines(tenant.again(), session.cloud(), plan, application).forEach(context.out()::println);
            context.out().println();
            context.out()
                    .println(
                            isComplete
                                    ? "The tenant is as the guide wants it."
                                    : "Something is left, see above. Run it again when it can go on.");
        }
        return isComplete ? 0 : 1;
    }

    private Place place() {
        if (device.noSecret || device.printSecret) {
            return new Place(null, device);
        }
        return new Place(context.workbench(device.url, device.tokenFile), device);
    }

    /** Where a new secret would go. */
    private final class Place implements AutoCloseable {

        private final TenantContext.@Nullable Workbench workbench;
        private final DeviceOptions options;

        Place(TenantContext.@Nullable Workbench workbench, DeviceOptions options) {
            this.workbench = workbench;
            this.options = options;
        }

        /** A device that already has a secret for the application in use keeps it. */
        boolean wantsSecret(Desired desired) {
            if (workbench == null) {
                return options.printSecret;
            }
            var known = workbench.deviceOf(desired.tenant().toString());
            return known.isEmpty()
                    || desired.adopted()
                            .filter(adopted -> !adopted.toString()
                                    .equalsIgnoreCase(known.get().applicationId()))
                            .isPresent();
        }

        /** What to know before a device gets another application than it has. */
        Optional<String> goingOver(Plan plan) {
            var application =
                    plan.present().application().map(Application::appId).orElse("");
            return Optional.ofNullable(workbench)
                    .filter(there -> plan.step(Part.SECRET).isChange())
                    .flatMap(there -> there.deviceOf(plan.desired().tenant().toString()))
                    .filter(device -> !device.applicationId().equalsIgnoreCase(application))
                    .map(device ->
                            "The security device '%s' signs in with application %s until now. It goes over to the one of this plan as soon as that one signs in and reads; --no-secret leaves it alone."
                                    .formatted(device.name(), device.applicationId()));
        }

        Optional<SecretKeeper> keeper(Plan plan) {
            if (options.printSecret) {
                return Optional.of(new SecretKeepers.OnTheScreen(context.out()));
            }
            if (workbench == null) {
                return Optional.empty();
            }
            var name = options.name == null
                    ? plan.present().organization().displayName() + " Microsoft Defender for Identity"
                    : options.name;
            return Optional.of(new SecretKeepers.InWorkbench(workbench, name, options.location));
        }

        @Override
        public void close() {
            if (workbench != null) {
                workbench.close();
            }
        }
    }
}
