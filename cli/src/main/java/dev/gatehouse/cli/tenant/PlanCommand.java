package dev.gatehouse.cli.tenant;

import dev.gatehouse.setup.plan.Plan;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what would be done. */
@Command(
        name = "plan",
        description = "Show what differs from the setup guide. Reads only, and asks for permissions to read only.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit code 0: nothing to do. 10: something to do, and you may. 11: some of it needs another role."
        })
final class PlanCommand implements Callable<Integer> {

    static final int SOMETHING_TO_DO = 10;
    static final int NEEDS_ANOTHER_ROLE = 11;

    private final TenantContext context;

    @Mixin
    private final TenantOptions tenant = new TenantOptions();

    @Option(names = "--json", description = "Print the plan as JSON.")
    private boolean json;

    PlanCommand(TenantContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        var desired = tenant.desired();
        try (var session = new Session(tenant, context)) {
            var plan = session.plan(session.signedIn(Set.of()), desired);
            if (json) {
                context.out().println(PlanText.json(plan, session.name()).toPrettyString());
            } else {
                PlanText.lines(plan, session.name()).forEach(context.out()::println);
            }
            return exitCode(plan);
        }
    }

    private static int exitCode(Plan plan) {
        if (plan.isEmpty()) {
            return 0;
        }
        return plan.blocked().isEmpty() ? SOMETHING_TO_DO : NEEDS_ANOTHER_ROLE;
    }
}
