package dev.gatehouse.cli.tenant;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.OrganizationGuid;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.CloudAccess;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.profile.ProviderProfile;
import dev.gatehouse.setup.signin.AdminSignIn;
import dev.gatehouse.setup.signin.SignInMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which tenant, for which provider, in which cloud, and how its administrator signs in. */
final class TenantOptions {

    @Option(
            names = "--directory-id",
            required = true,
            paramLabel = "GUID",
            description = "Directory (tenant) ID of the customer.")
    private String directoryId = "";

    @Option(
            names = "--organization",
            required = true,
            paramLabel = "GUID",
            description = "The organization GUID that the security provider gave the customer.")
    private String organization = "";

    @Option(
            names = "--application-id",
            paramLabel = "GUID",
            description = "Use this app registration, e.g. that of the Defender XDR integration, and make none.")
    private @Nullable String applicationId;

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "Another provider's profile, as JSON. Otherwise Expel's.")
    private @Nullable Path profile;

    @Option(
            names = "--allow-rotation",
            description =
                    "Also give the application the right to replace its own secret before it ends (Application.ReadWrite.OwnedBy, as its own owner). The guide does not ask for this.")
    private boolean allowRotation;

    @Option(
            names = "--certificate",
            description =
                    "Have the application sign in with a certificate in place of a secret. Key pair and certificate are made here, and the private key goes straight to the device.")
    private boolean certificate;

    @Mixin
    private final CloudOptions cloud = new CloudOptions();

    @Option(
            names = "--client-id",
            paramLabel = "GUID",
            description = "Sign in by this public client. Otherwise Microsoft Graph Command Line Tools.")
    private @Nullable String clientId;

    @Option(names = "--browser", description = "Sign in with a browser on this machine, not by a device code.")
    private boolean browser;

    /** What the tenant should look like; says nothing yet about a secret. */
    Desired desired() {
        try {
            var wanted = profile == null ? ProviderProfile.expel() : ProviderProfile.parse(text(profile));
            var rotating = allowRotation ? wanted.allowingRotation() : wanted;
            return new Desired(
                    TenantId.parse(directoryId),
                    new OrganizationGuid(organization),
                    certificate ? rotating.usingCertificate() : rotating,
                    Optional.ofNullable(applicationId).map(ApplicationId::parse),
                    false);
        } catch (IllegalArgumentException e) {
            throw badInput(e);
        }
    }

    /** The cloud of the tenant. */
    Cloud cloud() {
        return cloud.cloud();
    }

    /** These options again, for a command that follows upon this one and is about the same tenant. */
    String again() {
        var words = new ArrayList<String>();
        add(words, "--directory-id", directoryId);
        add(words, "--organization", organization);
        add(words, "--application-id", applicationId);
        add(words, "--profile", profile);
        if (allowRotation) {
            words.add("--allow-rotation");
        }
        if (certificate) {
            words.add("--certificate");
        }
        cloud.again().forEach((option, value) -> add(words, option, value));
        return String.join(" ", words);
    }

    private static void add(List<String> words, String option, @Nullable Object value) {
        if (value != null) {
            var text = value.toString();
            words.add(option);
            words.add(text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'");
        }
    }

    AdminSignIn signIn(CloudAccess access, TenantContext context) {
        var way = browser
                ? new SignInMethod.Browser(address -> {
                    context.err().println("Sign in with a browser on this machine:");
                    context.err().println("  " + address);
                    context.err().flush();
                })
                : new SignInMethod.DeviceCode(code -> {
                    context.err().println(code.message());
                    context.err().flush();
                });
        try {
            return access.signIn(TenantId.parse(directoryId), client(), way);
        } catch (IllegalArgumentException e) {
            throw badInput(e);
        }
    }

    private ApplicationId client() {
        try {
            return clientId == null ? AdminSignIn.GRAPH_COMMAND_LINE_TOOLS : ApplicationId.parse(clientId);
        } catch (IllegalArgumentException e) {
            throw new TenantFailure(
                    TenantFailure.Kind.BAD_INPUT,
                    "--client-id must be a GUID: the Application (client) ID of a public client.",
                    e);
        }
    }

    /** What stands in a file. */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new TenantFailure(TenantFailure.Kind.BAD_INPUT, "The file %s cannot be read.".formatted(file), e);
        }
    }

    private static TenantFailure badInput(IllegalArgumentException e) {
        return new TenantFailure(TenantFailure.Kind.BAD_INPUT, String.valueOf(e.getMessage()), e);
    }
}
