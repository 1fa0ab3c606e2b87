package dev.gatehouse.cli.tenant;

import dev.gatehouse.setup.Rotate;
import dev.gatehouse.setup.Rotate.Rotated;
import dev.gatehouse.setup.retry.RetryPolicy;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Replaces the client secret or the certificate without a gap. */
@Command(
        name = "rotate",
        description =
                "Replace the device's client secret or certificate without a gap: add, try, switch, remove the old.",
        mixinStandardHelpOptions = true)
final class RotateCommand implements Callable<Integer> {

    private final TenantContext context;

    @Mixin
    private final TenantOptions tenant = new TenantOptions();

    @Mixin
    private final DeviceOptions device = new DeviceOptions();

    @Option(
            names = "--also-remove",
            split = ",",
            paramLabel = "ID",
            description =
                    "Remove these too, which somebody made by hand and nobody else uses: Secret IDs, or key ids of certificates.")
    private List<String> alsoRemove = List.of();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    RotateCommand(TenantContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        var desired = tenant.desired();
        try (var session = new Session(tenant, context);
                var workbench = context.workbench(device.url, device.tokenFile)) {
            var known = workbench
                    .deviceOf(desired.tenant().toString())
                    .orElseThrow(() -> new TenantFailure(
                            TenantFailure.Kind.NOT_FOUND,
                            "The Workbench has no security device for directory %s.".formatted(desired.tenant())));
            var directory = session.signedIn(Set.of("Application.ReadWrite.All"));
            var rotated = new Rotate(
                            directory,
                            session.cloud(),
                            desired,
                            session.journals(),
                            new SecretKeepers.InWorkbench(workbench, known.name(), device.location),
                            session.proof(),
                            RetryPolicy.usual())
                    .run(alsoRemove);
            return tell(rotated);
        }
    }

    private int tell(Rotated rotated) {
        var result = PlanText.JSON.createObjectNode();
        switch (rotated) {
            case Rotated.Done done -> {
                result.put("rotated", true)
                        .put("key_id", done.keyId())
                        .put("end", done.end().toString());
                done.removed().forEach(result.putArray("removed")::add);
                done.left().forEach(result.putArray("left")::add);
                if (!json) {
                    context.out()
                            .println("The device signs in with a new one until %s."
                                    .formatted(
                                            done.end().atOffset(ZoneOffset.UTC).toLocalDate()));
                    done.removed().forEach(id -> context.out().println("Removed the old one, " + id));
                    done.left().forEach(id -> context.out()
                            .println("Left %s, which Gatehouse did not make. --also-remove %s removes it."
                                    .formatted(id, id)));
                }
            }
            case Rotated.Failed failed -> {
                result.put("rotated", false).put("reason", failed.reason());
                if (!json) {
                    context.err().println(failed.reason());
                }
            }
        }
        if (json) {
            context.out().println(result.toPrettyString());
        }
        return rotated instanceof Rotated.Done ? 0 : 1;
    }
}
