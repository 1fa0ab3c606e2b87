package dev.gatehouse.cli.tenant;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.TenantId;
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

    private final TenantContext context;

    @Option(
            names = "--directory-id",
            required = true,
            paramLabel = "GUID",
            description = "Directory (tenant) ID of the customer.")
    private String directoryId = "";

    @Option(
            names = {"--application-id", "--application"},
            required = true,
            paramLabel = "GUID",
            description = "Application (client) ID.")
    private String applicationId = "";

    @Mixin
    private final CloudOptions cloud = new CloudOptions();

    ConsentLinkCommand(TenantContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try {
            context.out()
                    .println(AdminConsent.page(
                            cloud.cloud(), TenantId.parse(directoryId), ApplicationId.parse(applicationId)));
            return 0;
        } catch (IllegalArgumentException e) {
            throw new TenantFailure(TenantFailure.Kind.BAD_INPUT, String.valueOf(e.getMessage()), e);
        }
    }
}
