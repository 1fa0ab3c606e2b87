package dev.gatehouse.cli.tenant;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.setup.AdminConsent;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the page on which a colleague consents. */
@Command(
        name = "consent-link",
        description = "Print the page on which an administrator consents to all that the application asks for.",
        mixinStandardHelpOptions = true)
final class ConsentLinkCommand implements Callable<Integer> {

    private final Desk desk;

    @Mixin
    private final TenantOptions tenant = new TenantOptions();

    @Option(names = "--application", required = true, paramLabel = "GUID", description = "Application (client) ID.")
    private String application = "";

    ConsentLinkCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        try {
            desk.out()
                    .println(AdminConsent.page(
                            tenant.cloud(), tenant.desired().tenant(), ApplicationId.parse(application)));
            return 0;
        } catch (IllegalArgumentException e) {
            throw new TenantFailure(TenantFailure.Kind.BAD_INPUT, String.valueOf(e.getMessage()), e);
        }
    }
}
