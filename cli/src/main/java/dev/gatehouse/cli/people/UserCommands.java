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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** The commands about accounts. */
@Command(
        name = "user",
        description = "Add, list, lock and unlock people's accounts, and reset passwords.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
public final class UserCommands implements Runnable {

    private static final String TYPE = "user_accounts";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    private UserCommands() {}

    /** The command with everything below it. */
    public static CommandLine commandLine(CommandContext context) {
        return new CommandLine(new UserCommands())
                .addSubcommand(new Add(context))
                .addSubcommand(new All(context))
                .addSubcommand(new Lock(context))
                .addSubcommand(new Unlock(context))
                .addSubcommand(new Reset(context))
                .addSubcommand(new RemoveSecondFactor(context));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: add, list, lock, unlock, reset or remove-second-factor.");
    }

    private static void tellPassword(PeopleCommand command, JsonNode account) {
        var made = Resource.attribute(account, "password");
        if (!made.isEmpty()) {
            command.context().note("This password is shown only now:");
            command.context().out().println(made);
        }
    }

    /** Adds an account. */
    @Command(
            name = "add",
            description = "Add an account.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Roles: organization_admin and organization_analyst in an organization; soc_analyst and",
                "soc_admin for all organizations; auditor for either. Example:",
                "  gatehouse user add ada@example.com --role soc_analyst"
            })
    private static final class Add extends PeopleCommand {

        @Parameters(paramLabel = "EMAIL", description = "What the person signs in with.")
        private String email = "";

        @Option(names = "--name", paramLabel = "NAME", description = "How screens call them (default: the address).")
        private @Nullable String name;

        @Option(names = "--role", paramLabel = "ROLE", required = true, description = "What they may do.")
        private String role = "";

        @Option(
                names = "--organization",
                paramLabel = "ORG",
                description = "The short name of the organization they belong to; none for SOC roles.")
        private @Nullable String organization;

        @Mixin
        private final PasswordOptions passwords = new PasswordOptions();

        private Optional<String> password = Optional.empty();

        Add(CommandContext context) {
            super(context);
        }

        @Override
        void prepare() {
            password = passwords.read(context());
        }

        @Override
        void run(WorkbenchClient client) {
            var attributes = new HashMap<String, Object>(Map.of("email", email, "role", role));
            Optional.ofNullable(name).ifPresent(text -> attributes.put("display_name", text));
            Optional.ofNullable(organization).ifPresent(text -> attributes.put("organization", text));
            password.ifPresent(text -> attributes.put("password", text));
            var account = post(client, TYPE, "", attributes).dataOrFail();
            context().note("Added %s.".formatted(Resource.attribute(account, "email")));
            tellPassword(this, account);
        }
    }

    /** Lists the accounts. */
    @Command(name = "list", description = "List the accounts.", mixinStandardHelpOptions = true)
    private static final class All extends PeopleCommand.Lister {

        All(CommandContext context) {
            super(
                    context,
                    new Listing(
                            TYPE,
                            "There are no accounts.",
                            Column.text("E-MAIL", "email"),
                            Column.text("NAME", "display_name"),
                            Column.whole("ROLE", "role"),
                            Column.whole("ORGANIZATION", account -> or(account, "organization", "(all)")),
                            Column.whole(
                                    "STATE",
                                    account -> account.path("attributes")
                                                    .path("locked")
                                                    .asBoolean(false)
                                            ? "locked"
                                            : "active"),
                            Column.time("LAST SIGN-IN (UTC)", "last_login_at")));
        }
    }

    /** Something that is done to one account. */
    private abstract static class One extends PeopleCommand {

        @Parameters(paramLabel = "EMAIL", description = "E-mail address or id.")
        private String email = "";

        One(CommandContext context) {
            super(context);
        }

        @Override
        final void run(WorkbenchClient client) {
            var account = find(client, TYPE, email, List.of("email"));
            act(client, Resource.id(account), Resource.attribute(account, "email"));
        }

        abstract void act(WorkbenchClient client, String id, String address);
    }

    /** Locks an account. */
    @Command(
            name = "lock",
            description = "Keep an account from signing in, and end its sessions.",
            mixinStandardHelpOptions = true)
    private static final class Lock extends One {

        Lock(CommandContext context) {
            super(context);
        }

        @Override
        void act(WorkbenchClient client, String id, String address) {
            patch(client, TYPE, id, Map.of("locked", true)).dataOrFail();
            say("%s is locked.".formatted(address));
        }
    }

    /** Unlocks an account. */
    @Command(name = "unlock", description = "Let an account sign in again.", mixinStandardHelpOptions = true)
    private static final class Unlock extends One {

        Unlock(CommandContext context) {
            super(context);
        }

        @Override
        void act(WorkbenchClient client, String id, String address) {
            patch(client, TYPE, id, Map.of("locked", false)).dataOrFail();
            say("%s can sign in again.".formatted(address));
        }
    }

    /** Takes the second factor of an account away. */
    @Command(
            name = "remove-second-factor",
            description = "Let an account whose authenticator app is lost set up another one, and end its sessions.",
            mixinStandardHelpOptions = true)
    private static final class RemoveSecondFactor extends One {

        RemoveSecondFactor(CommandContext context) {
            super(context);
        }

        @Override
        void act(WorkbenchClient client, String id, String address) {
            post(client, TYPE, "/" + id + "/remove_second_factor", Map.of()).dataOrFail();
            say("%s signs in with the password alone, and sets up a second factor if the role needs one."
                    .formatted(address));
        }
    }

    /** Gives an account another password. */
    @Command(
            name = "reset",
            description = "Give an account another password, and end its sessions.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "A forgotten password, while no Workbench runs:",
                "  gatehouse user reset admin@gatehouse.local --data-dir /var/lib/gatehouse"
            })
    private static final class Reset extends One {

        @Mixin
        private final PasswordOptions passwords = new PasswordOptions();

        private Optional<String> password = Optional.empty();

        Reset(CommandContext context) {
            super(context);
        }

        @Override
        void prepare() {
            password = passwords.read(context());
        }

        @Override
        void act(WorkbenchClient client, String id, String address) {
            var attributes = new HashMap<String, Object>();
            password.ifPresent(text -> attributes.put("password", text));
            var account =
                    post(client, TYPE, "/" + id + "/reset_password", attributes).dataOrFail();
            context().note("%s has another password and is signed out everywhere.".formatted(address));
            tellPassword(this, account);
        }
    }
}
