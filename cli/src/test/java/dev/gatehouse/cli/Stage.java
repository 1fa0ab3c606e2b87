package dev.gatehouse.cli;

import dev.gatehouse.cli.http.DataDirectory;
import dev.gatehouse.cli.program.Programs;
import dev.gatehouse.cli.program.Programs.Program;
import dev.gatehouse.cli.terminal.CommandContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The place where a command runs in a test: an environment, an empty home, and perhaps somebody who answers. */
final class Stage {

    private final Map<String, String> environment = new HashMap<>();
    private final Deque<String> replies = new ArrayDeque<>();
    private final Path home;
    private OptionalInt width = OptionalInt.empty();
    private boolean someoneIsThere;

    Stage(Path home) {
        this.home = home;
    }

    /** Points the commands at this Workbench, with its token. */
    static Stage with(Path home, FakeWorkbench workbench) {
        return new Stage(home).set("GATEHOUSE_URL", workbench.url()).set("GATEHOUSE_TOKEN", FakeWorkbench.TOKEN);
    }

    Stage set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Stage unset(String variable) {
        environment.remove(variable);
        return this;
    }

    Stage width(int columns) {
        width = OptionalInt.of(columns);
        return this;
    }

    /** Somebody is at the keyboard and gives these answers, in this order. */
    Stage answering(String... answers) {
        someoneIsThere = true;
        replies.addAll(List.of(answers));
        return this;
    }

    /** The data directory of a Workbench of this user. */
    DataDirectory dataDirectory() {
        return DataDirectory.usual(context(new StringWriter(), new StringWriter(), new NoPrograms()));
    }

    /** What a command left behind. */
    record Outcome(int exitCode, String out, String err) {}

    Outcome run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exitCode = Gatehouse.run(context(out, err, new NoPrograms()), arguments);
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    CommandContext context(StringWriter out, StringWriter err, Programs programs) {
        return new CommandContext(
                environment,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                someoneIsThere ? Optional.of(new Replies()) : Optional.empty(),
                width,
                "analyst",
                home,
                programs);
    }

    private final class Replies implements CommandContext.Person {
        @Override
        public Optional<String> ask(String question) {
            return Optional.ofNullable(replies.poll());
        }

        @Override
        public Optional<String> askHidden(String question) {
            return Optional.ofNullable(replies.poll());
        }
    }

    private record NoPrograms() implements Programs {
        @Override
        public Program simulator() {
            throw new AssertionError("This test starts no simulator");
        }

        @Override
        public Program workbench() {
            throw new AssertionError("This test starts no Workbench");
        }
    }
}
