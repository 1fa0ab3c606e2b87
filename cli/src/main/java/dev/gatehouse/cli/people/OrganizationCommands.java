package dev.gatehouse.cli.people;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
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

/** The commands about organizations. */
@Command(
        name = "organization",
        description = "Add, list and change organizations, i.e. customers.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
public final class OrganizationCommands implements Runnable {

    private static final String TYPE = "organizations";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    private OrganizationCommands() {}

    /** The command with everything below it. */
    public static CommandLine commandLine(CommandContext context) {
        return new CommandLine(new OrganizationCommands())
                .addSubcommand(new Add(context))
                .addSubcommand(new All(context))
                .addSubcommand(new Edit(context));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: add, list or edit.");
    }

    /** What can be said of an organization. */
    private static final class Details {

        @Option(
                names = "--short-name",
                paramLabel = "ACME",
                description = "The prefix of its case numbers (default: made from the name).")
        private @Nullable String shortName;

        @Option(
                names = "--guid",
                paramLabel = "GUID",
                description = "What the guest account in its tenant is named after (default: a new one).")
        private @Nullable String guid;

        @Option(names = "--region", paramLabel = "TEXT", description = "Where it is.")
        private @Nullable String region;

        @Option(names = "--notes", paramLabel = "TEXT", description = "Free text.")
        private @Nullable String notes;

        Map<String, Object> attributes(Optional<String> name) {
            var attributes = new HashMap<String, Object>();
            name.ifPresent(text -> attributes.put("name", text));
            Optional.ofNullable(shortName).ifPresent(text -> attributes.put("short_name", text));
            Optional.ofNullable(guid).ifPresent(text -> attributes.put("guid", text));
            Optional.ofNullable(region).ifPresent(text -> attributes.put("region", text));
            Optional.ofNullable(notes).ifPresent(text -> attributes.put("notes", text));
            return attributes;
        }
    }

    /** Adds an organization. */
    @Command(name = "add", description = "Add an organization.", mixinStandardHelpOptions = true)
    private static final class Add extends PeopleCommand {

        @Parameters(paramLabel = "NAME", description = "What people call the customer.")
        private String name = "";

        @Mixin
        private final Details details = new Details();

        Add(CommandContext context) {
            super(context);
        }

        @Override
        void run(WorkbenchClient client) {
            var added = post(client, TYPE, "", details.attributes(Optional.of(name)))
                    .dataOrFail();
            say("Added '%s' with the short name %s and the GUID %s."
                    .formatted(
                            Resource.attribute(added, "name"),
                            Resource.attribute(added, "short_name"),
                            Resource.attribute(added, "guid")));
        }
    }

    /** Lists the organizations. */
    @Command(name = "list", description = "List the organizations.", mixinStandardHelpOptions = true)
    private static final class All extends PeopleCommand.Lister {

        All(CommandContext context) {
            super(
                    context,
                    new Listing(
                            TYPE,
                            "There are no organizations.",
                            Column.whole("SHORT NAME", "short_name"),
                            Column.text("NAME", "name"),
                            Column.whole("GUID", "guid"),
                            Column.text("REGION", "region"),
                            Column.id()));
        }
    }

    /** Changes an organization. */
    @Command(
            name = "edit",
            description = "Change an organization. What no option says stays.",
            mixinStandardHelpOptions = true)
    private static final class Edit extends PeopleCommand {

        @Parameters(paramLabel = "ORG", description = "Short name, GUID or id.")
        private String organization = "";

        @Option(names = "--name", paramLabel = "NAME", description = "What people call the customer.")
        private @Nullable String name;

        @Mixin
        private final Details details = new Details();

        Edit(CommandContext context) {
            super(context);
        }

        @Override
        void run(WorkbenchClient client) {
            var attributes = details.attributes(Optional.ofNullable(name));
            if (attributes.isEmpty()) {
                throw new Failure(ExitCode.BAD_INPUT, "Say what to change, for example --region Europe.");
            }
            var found = find(client, TYPE, organization, List.of("short_name", "guid"));
            var changed = patch(client, TYPE, Resource.id(found), attributes).dataOrFail();
            say("Changed '%s'.".formatted(Resource.attribute(changed, "name")));
        }
    }
}
