package dev.gatehouse.cli.people;

import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.cli.list.Listing;
import dev.gatehouse.cli.list.Listing.Column;
import dev.gatehouse.cli.terminal.CommandContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands about tokens. */
@Command(
        name = "token",
        description = "Add, list and revoke the tokens that programs come with.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
public final class TokenCommands implements Runnable {

    private static final String TYPE = "api_keys";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    private static final String CODE = "otp";

    private TokenCommands() {}

    /** The command with everything below it. */
    public static CommandLine commandLine(CommandContext context) {
        return new CommandLine(new TokenCommands())
                .addSubcommand(new Add(context))
                .addSubcommand(new All(context))
                .addSubcommand(new Revoke(context));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: add, list or revoke.");
    }

    /** Makes a token. */
    @Command(
            name = "add",
            description = "Make a token. It is printed once, alone on standard output.",
            mixinStandardHelpOptions = true)
    private static final class Add extends PeopleCommand {

        @Parameters(paramLabel = "NAME", description = "Who or what is to use it.")
        private String name = "";

        @Option(names = "--role", paramLabel = "ROLE", required = true, description = "What it may do.")
        private String role = "";

        @Option(
                names = "--organization",
                paramLabel = "ORG",
                description = "The short name of the organization it belongs to; none for SOC roles.")
        private @Nullable String organization;

        @Option(
                names = "--expires",
                paramLabel = "DAY",
                description = "The last day that it works, e.g. 2026-12-31 (UTC).")
        private @Nullable String expires;

        @Option(
                names = "--code",
                paramLabel = "CODE",
                description = {
                    "The code that the authenticator app shows, where the token in use is that of a program which a person has signed in.",
                    "It is asked for when the Workbench wants one."
                })
        private @Nullable String code;

        Add(CommandContext context) {
            super(context);
        }

        @Override
        void run(WorkbenchClient client) {
            var attributes = new HashMap<String, Object>(Map.of("name", name, "role", role));
            Optional.ofNullable(organization).ifPresent(text -> attributes.put("organization", text));
            Optional.ofNullable(expires).ifPresent(text -> attributes.put("expires_at", text));
            Optional.ofNullable(code).ifPresent(text -> attributes.put(CODE, text));
            var answer = post(client, TYPE, "", attributes);
            if (answer.asksForCode() && code == null) {
                answer = context()
                        .person()
                        .flatMap(person -> person.ask("Code of the authenticator app:"))
                        .map(typed -> {
                            attributes.put(CODE, typed.strip());
                            return post(client, TYPE, "", attributes);
                        })
                        .orElse(answer);
            }
            var token = answer.dataOrFail();
            context().note("Added the token '%s'. It is shown only now:".formatted(name));
            context().out().println(Resource.attribute(token, "token"));
        }
    }

    /** Lists the tokens. */
    @Command(
            name = "list",
            description = "List the tokens; never the tokens themselves.",
            mixinStandardHelpOptions = true)
    private static final class All extends PeopleCommand.Lister {

        All(CommandContext context) {
            super(
                    context,
                    new Listing(
                            TYPE,
                            "There are no tokens.",
                            Column.text("NAME", "name"),
                            Column.whole("ROLE", "role"),
                            Column.whole("ORGANIZATION", token -> or(token, "organization", "(all)")),
                            Column.whole("STATE", "state"),
                            Column.time("LAST USED (UTC)", "last_used_at"),
                            Column.time("EXPIRES (UTC)", "expires_at"),
                            Column.id()));
        }
    }

    /** Revokes a token. */
    @Command(name = "revoke", description = "Stop a token from working.", mixinStandardHelpOptions = true)
    private static final class Revoke extends PeopleCommand {

        @Parameters(paramLabel = "TOKEN", description = "Name or id; never the token itself.")
        private String token = "";

        Revoke(CommandContext context) {
            super(context);
        }

        @Override
        void run(WorkbenchClient client) {
            var found = find(client, TYPE, token, List.of("name"));
            post(client, TYPE, "/" + Resource.id(found) + "/revoke", Map.of()).dataOrFail();
            say("Revoked '%s'.".formatted(Resource.attribute(found, "name")));
        }
    }
}
