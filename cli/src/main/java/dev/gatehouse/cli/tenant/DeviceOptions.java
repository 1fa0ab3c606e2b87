package dev.gatehouse.cli.tenant;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a new secret goes. */
final class DeviceOptions {

    @Option(names = "--url", paramLabel = "URL", description = "The Workbench. Otherwise the one on this machine.")
    @Nullable
    String url;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with an API token of that Workbench.")
    @Nullable
    Path tokenFile;

    @Option(
            names = "--device-name",
            paramLabel = "NAME",
            description = "What a new security device is called. Otherwise '<tenant> Microsoft Defender for Identity'.")
    @Nullable
    String name;

    @Option(names = "--location", defaultValue = "cloud", description = "Its location (default: ${DEFAULT-VALUE}).")
    String location = "";

    @Option(
            names = "--print-secret",
            description = "Print a new secret's Value on the screen, and give it to no Workbench.")
    boolean printSecret;

    @Option(names = "--no-secret", description = "Make no secret.")
    boolean noSecret;
}
