package dev.gatehouse.cli.tenant;

import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Difference;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says whether the tenant is still as it should be. */
@Command(
        name = "verify",
        description =
                "Name everything that drifted from the guide, and try the device's connection: token, permissions, one read of each API.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit code 0: all is well. 1: something drifted or does not work."})
final class VerifyCommand implements Callable<Integer> {

    private final TenantContext context;

    @Mixin
    private final TenantOptions tenant = new TenantOptions();

    @Mixin
    private final DeviceOptions device = new DeviceOptions();

    @Option(names = "--no-device", description = "Look at the tenant only.")
    private boolean withoutDevice;

    @Option(names = "--json", description = "Print the verdict as JSON.")
    private boolean json;

    VerifyCommand(TenantContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        var desired = tenant.desired();
        try (var session = new Session(tenant, context)) {
            var plan = session.plan(session.signedIn(Set.of()), desired);
            var drift = plan.steps().stream()
                    .filter(step -> step.action() != Action.KEEP)
                    .toList();
            var tried = withoutDevice
                    ? List.<TenantContext.Tried>of()
                    : tried(desired.tenant().toString());
            var isGood = drift.isEmpty() && tried.stream().allMatch(TenantContext.Tried::passed);
            if (json) {
                var result = PlanText.JSON.createObjectNode().put("good", isGood);
                result.set("plan", PlanText.json(plan, session.name()));
                var checks = result.putArray("checks");
                tried.forEach(check -> checks.addObject()
                        .put("title", check.title())
                        .put("passed", check.passed())
                        .put("detail", check.detail()));
                context.out().println(result.toPrettyString());
                return isGood ? 0 : 1;
            }
            for (var step : drift) {
                context.out()
                        .println("drifted  %s, %s: %s"
                                .formatted(
                                        step.part().title(),
                                        step.object(),
                                        step.action() == Action.UNKNOWN
                                                ? String.join(" ", step.notes())
                                                : step.differences().stream()
                                                        .map(Difference::toString)
                                                        .collect(Collectors.joining("; "))));
            }
            tried.forEach(check -> context.out()
                    .println("%s  %s%s"
                            .formatted(
                                    check.passed() ? "works  " : "fails  ",
                                    check.title(),
                                    check.detail().isEmpty() ? "" : ": " + check.detail())));
            context.out().println(isGood ? "All is well." : "Not as it should be, see above.");
            return isGood ? 0 : 1;
        }
    }

    private List<TenantContext.Tried> tried(String directoryId) {
        try (var workbench = context.workbench(device.url, device.tokenFile)) {
            var known = workbench
                    .deviceOf(directoryId)
                    .orElseThrow(() -> new TenantFailure(
                            TenantFailure.Kind.NOT_FOUND,
                            "The Workbench has no security device for directory %s. Use --no-device to look at the tenant only."
                                    .formatted(directoryId)));
            return workbench.test(known.id());
        }
    }
}
