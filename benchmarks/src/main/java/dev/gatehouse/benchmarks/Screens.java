package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks for every list, page, search and dashboard many times, as three people and a program, and prints how long it took. */
@Command(
        name = "screens",
        description = "How long pages and lists of the API take, on a database that 'gatehouse generate' has filled.",
        mixinStandardHelpOptions = true)
final class Screens implements Callable<Integer> {

    private static final String ANALYST = "soc.analyst1@provider.example";
    private static final double MUCH_SLOWER = 1.2;

    /** What differs by less is not worth a word. */
    private static final double NOTICEABLE_MS = 5;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec command;

    @Option(
            names = "--data-directory",
            required = true,
            paramLabel = "DIRECTORY",
            description = "That of the generated database. A Workbench is started on it unless --url names one.")
    @SuppressWarnings("NullAway.Init") // required
    private Path data;

    @Option(names = "--url", paramLabel = "URL", description = "A Workbench that runs on it already.")
    private @Nullable URI url;

    @Option(names = "--rounds", paramLabel = "N", description = "How often each is asked for (default: 40).")
    private int rounds = 40;

    @Option(names = "--only", paramLabel = "TEXT", description = "Only those in whose name or address this is.")
    private String only = "";

    @Option(
            names = "--organization",
            paramLabel = "SHORTNAME",
            description = "Whose people look at one organization (default: ALDERE, which has the most devices).")
    private String organization = "ALDERE";

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description =
                    "How often all are asked for before, which does not count: Java compiles what is often done (default: 10).")
    private int warmUp = 10;

    @Option(names = "--results", paramLabel = "FILE", description = "What to compare with.")
    private @Nullable Path results;

    @Option(names = "--write", description = "Put what was measured in its place.")
    private boolean write;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = Path.of(System.getProperty("gatehouse.home", "")).toAbsolutePath();
        var file = Optional.ofNullable(results)
                .orElse(home.resolve("benchmarks").resolve("results").resolve("screens.csv"));
        var before = Figures.read(file);
        var out = command.commandLine().getOut();
        if (url != null) {
            report(out, measure(url, out), before, file);
            return 0;
        }
        out.println("Starting a Workbench on " + data + " …");
        out.flush();
        try (var workbench = StartedWorkbench.start(home, data)) {
            report(out, measure(workbench.address(), out), before, file);
        }
        return 0;
    }

    private List<Figures> measure(URI workbench, PrintWriter out) throws IOException, InterruptedException {
        var password = Files.readString(data.resolve("generated-people")).strip();
        var domain = organization.toLowerCase(Locale.ROOT) + ".example";
        out.printf(
                Locale.ROOT,
                "%s, %d processors, Java %s; each %d times after %d of all and 3 of each that do not count; ms from sending to the last byte%n%n",
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                rounds,
                warmUp);
        var all = new ArrayList<Figures>();
        try (var analyst = Visitor.person(workbench, ANALYST, password);
                var customer = Visitor.person(workbench, "admin@" + domain, password);
                var program = Visitor.program(
                        workbench, Files.readString(data.resolve("api-token")).strip())) {
            var visits = List.of(
                    new Visits("SOC, all", analyst, Pages.of(analyst, "", true)),
                    new Visits("SOC, one", analyst, Pages.of(analyst, "/o/" + organization, false)),
                    new Visits("customer", customer, Pages.of(customer, "", false)),
                    new Visits("API", program, Pages.ofPrograms(program)));
            for (var round = 0; round < warmUp; round++) {
                for (var each : visits) {
                    warmUp(each);
                }
            }
            for (var each : visits) {
                measure(each, all, out);
            }
        }
        return all;
    }

    /** What somebody asks for: names and addresses. */
    private record Visits(String who, Visitor visitor, Map<String, String> pages) {}

    private boolean isWanted(String who, Map.Entry<String, String> page) {
        return only.isEmpty() || page.getKey().contains(only) || page.getValue().contains(only) || who.contains(only);
    }

    private void warmUp(Visits visits) throws IOException, InterruptedException {
        for (var page : visits.pages().entrySet()) {
            if (isWanted(visits.who(), page)) {
                visits.visitor().ask(page.getValue());
            }
        }
    }

    private void measure(Visits visits, List<Figures> all, PrintWriter out) throws IOException, InterruptedException {
        for (var page : visits.pages().entrySet()) {
            if (!isWanted(visits.who(), page)) {
                continue;
            }
            var nanos = new ArrayList<Long>();
            var bytes = 0;
            for (var round = -3; round < rounds; round++) {
                var answer = visits.visitor().ask(page.getValue());
                if (answer.status() != 200) {
                    throw new IOException("%s answered %d".formatted(page.getValue(), answer.status()));
                }
                if (round >= 0) {
                    nanos.add(answer.nanos());
                }
                bytes = answer.body().length();
            }
            var figures = Figures.of(visits.who(), page.getKey(), nanos, bytes);
            all.add(figures);
            out.println(line(figures, page.getValue()));
            out.flush();
        }
    }

    private static String line(Figures each, String address) {
        return String.format(
                Locale.ROOT,
                "%-9s %-42s %8.1f %8.1f %8.1f %7.1f kB  %s",
                each.who(),
                each.what(),
                each.p50(),
                each.p95(),
                each.max(),
                each.bytes() / 1e3,
                address);
    }

    private void report(PrintWriter out, List<Figures> all, Map<String, Figures> before, Path file) throws IOException {
        out.println();
        out.println("The slowest");
        all.stream()
                .sorted(Comparator.comparingDouble(Figures::p95).reversed())
                .limit(5)
                .forEach(each -> out.printf(Locale.ROOT, "  %8.1f ms  %s%n", each.p95(), each.key()));
        out.printf(
                Locale.ROOT,
                "%d of %d take more than 100 ms (p95)%n",
                all.stream().filter(each -> each.p95() > 100).count(),
                all.size());
        for (var each : all) {
            var earlier = before.get(each.key());
            if (earlier != null
                    && each.p95() > earlier.p95() * MUCH_SLOWER
                    && each.p95() - earlier.p95() > NOTICEABLE_MS) {
                out.printf(
                        Locale.ROOT,
                        "Slower than written down: %s, p95 %.1f ms, was %.1f ms%n",
                        each.key(),
                        each.p95(),
                        earlier.p95());
            }
            if (earlier != null && each.bytes() > earlier.bytes() * MUCH_SLOWER) {
                out.printf(
                        Locale.ROOT,
                        "Larger than written down: %s, %,d bytes, was %,d%n",
                        each.key(),
                        each.bytes(),
                        earlier.bytes());
            }
        }
        if (write) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Figures.write(file, all);
            out.println("Written to " + file);
        }
        out.flush();
    }
}
