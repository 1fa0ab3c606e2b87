package dev.gatehouse.cli.http;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.terminal.CommandContext;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Workbench a command talks to, and with which token. */
public final class ServerOptions {

    public static final URI USUAL = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The Workbench to talk to. Otherwise GATEHOUSE_URL, otherwise the one on this machine.")
    private @Nullable String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "A file with an API token. Otherwise GATEHOUSE_TOKEN, otherwise the file 'api-token' in the data directory of the Workbench on this machine.")
    private @Nullable Path tokenFile;

    /** The same for a command that has read the two from options of its own. */
    public static ServerOptions of(@Nullable String url, @Nullable Path tokenFile) {
        var options = new ServerOptions();
        options.url = url;
        options.tokenFile = tokenFile;
        return options;
    }

    /** Whether an option names the Workbench. */
    public boolean isUrlGiven() {
        return url != null;
    }

    /**
     * Finds the Workbench and the token.
     *
     * @throws Failure when there is no token, or the address is none
     */
    public WorkbenchClient connect(CommandContext context) {
        var usual = DataDirectory.usual(context);
        var demo = DemoState.of(usual.demo());
        var address = Optional.ofNullable(url)
                .or(() -> context.variable("GATEHOUSE_URL"))
                .map(ServerOptions::address)
                .orElseGet(() -> local(usual, demo));
        return new WorkbenchClient(address, token(context, usual, demo, address));
    }

    // Real data comes before the demo: a script that once used `serve` must not end up in somebody's demo.
    private static URI local(DataDirectory usual, Optional<DemoState> demo) {
        if (DataDirectory.textOf(usual.tokenFile()).isPresent()) {
            return USUAL;
        }
        return demo.map(DemoState::url).orElse(USUAL);
    }

    private String token(CommandContext context, DataDirectory usual, Optional<DemoState> demo, URI address) {
        if (tokenFile != null) {
            var file = tokenFile;
            return DataDirectory.textOf(file)
                    .orElseThrow(() -> new Failure(
                            ExitCode.NOT_AUTHORISED, "There is no token to read in the file %s.".formatted(file)));
        }
        var given = context.variable("GATEHOUSE_TOKEN");
        if (given.isPresent()) {
            return given.get().strip();
        }
        if (!isThisMachine(address)) {
            // A token of this machine's Workbench is of no use elsewhere, and must not travel there.
            throw new Failure(
                    ExitCode.NOT_AUTHORISED,
                    "The Workbench at %s needs an API token. Set GATEHOUSE_TOKEN or use --token-file."
                            .formatted(address));
        }
        var directory = demo.filter(state -> state.url().equals(address)).isPresent() ? usual.demo() : usual;
        return DataDirectory.textOf(directory.tokenFile())
                .orElseThrow(() -> new Failure(
                        ExitCode.NOT_AUTHORISED,
                        "There is no API token: %s is missing or not readable. Start a Workbench with ./gatehouse serve or ./gatehouse demo, set GATEHOUSE_TOKEN, or use --token-file."
                                .formatted(directory.tokenFile())));
    }

    private static boolean isThisMachine(URI address) {
        return switch (address.getHost()) {
            case "127.0.0.1", "localhost", "[::1]" -> true;
            default -> false;
        };
    }

    private static URI address(String text) {
        try {
            var address = URI.create(text.strip());
            if (address.getHost() != null
                    && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the same answer as an address without a host.
        }
        throw new Failure(
                ExitCode.BAD_INPUT, "'%s' is not the address of a Workbench, such as %s.".formatted(text, USUAL));
    }
}
