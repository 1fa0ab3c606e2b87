package dev.gatehouse.cli.tenant;

import dev.gatehouse.setup.Remove;
import dev.gatehouse.setup.TenantReader;
import dev.gatehouse.setup.plan.Outcome;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.plan.Progress;
import dev.gatehouse.setup.plan.Removal;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes away what apply made. */
@Command(
        name = "remove",
        description = "Take away exactly what apply made, and put back what it changed. Shows it first.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The security device in the Workbench stays, with its vendor alerts; 'gatehouse device remove' removes it.",
            "Exit code 0: nothing is left. 1: something is left."
        })
final class RemoveCommand implements Callable<Integer> {

    /** Without any of these, nobody signs in as the application, or nothing can be read. */
    private static final Set<Part> COLLECTING =
            Set.of(Part.APPLICATION, Part.SERVICE_PRINCIPAL, Part.CONSENT, Part.SECRET);

    private final TenantContext context;

    @Mixin
    private final TenantOptions tenant = new TenantOptions();

    @Option(names = "--dry-run", description = "Only show it.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Print it as JSON. Needs --yes or --dry-run.")
    private boolean json;

    RemoveCommand(TenantContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (json && !yes && !dryRun) {
            throw new TenantFailure(TenantFailure.Kind.BAD_INPUT, "--json needs --yes or --dry-run.");
        }
        var desired = tenant.desired();
        try (var session = new Session(tenant, context)) {
            var progress = json ? Progress.SILENT : new ConsoleProgress(context.out());
            var reading = session.signedIn(Set.of());
            var shown = new Remove(reading, desired, session.journals(), progress);
            var removals = shown.plan();
            if (!json) {
                removals.forEach(removal -> context.out().println(PlanText.line(removal)));
                context.out().println(removals.isEmpty() ? "Nothing was made here." : "");
                if (removals.stream().map(Removal::part).anyMatch(COLLECTING::contains)) {
                    context.out().println("A security device that signs in with this application stops collecting.");
                }
            }
            if (dryRun || removals.isEmpty()) {
                if (json) {
                    var array = PlanText.JSON.createArrayNode();
                    removals.forEach(removal -> array.addObject()
                            .put("part", removal.part().key())
                            .put("name", removal.name())
                            .put("action", removal.kind().name().toLowerCase(Locale.ROOT)));
                    context.out().println(array.toPrettyString());
                }
                return 0;
            }
            if (!yes) {
                context.confirm("Take this away?");
            }
            var directory = session.signedIn(shown.scopes());
            var admin = new TenantReader(directory, InstantSource.system()).admin();
            var outcomes = new Remove(directory, desired, session.journals(), progress).run(admin);
            if (json) {
                context.out().println(PlanText.outcomes(outcomes).toPrettyString());
            }
            return outcomes.stream().allMatch(Outcome::isGood) ? 0 : 1;
        }
    }
}
