package dev.gatehouse.simulator;

import dev.gatehouse.simulator.SimulatorSettings.Ports;
import dev.gatehouse.simulator.directory.DirectoryRole;
import dev.gatehouse.simulator.http.Json;
import dev.gatehouse.simulator.world.Pace;
import dev.gatehouse.simulator.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The pretend cloud as a program. Writes {@code ca.pem} and {@code simulator.json} into a directory once it is ready,
 * says so in one line, and runs until its standard input closes or it is told to end.
 */
public final class SimulatorMain {

    private static final String USAGE = """
            The pretend cloud of Gatehouse: Entra ID and Microsoft Graph on loopback.

              --directory DIR         where ca.pem and simulator.json are written (required)
              --seed N                the same seed gives the same tenants (1)
              --tenants N             how many (3)
              --empty-tenants N       how many more, without any application yet (0)
              --pace demo|real        an attack in minutes, or in hours (demo)
              --remember-versions yes|no   keep every version of every record for /simulator/tenants/ID/truth (no)
              --entra-port N          sign-in over HTTPS (9443)
              --graph-port N          Graph over HTTPS (9444)
              --plain-entra-port N    sign-in over HTTP (9081)
              --plain-graph-port N    Graph and the control interface over HTTP (9082)
            """;

    private static final List<DirectoryRole> PARTLY = List.of(
            DirectoryRole.USER_ADMINISTRATOR,
            DirectoryRole.SECURITY_ADMINISTRATOR,
            DirectoryRole.APPLICATION_ADMINISTRATOR,
            DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR,
            DirectoryRole.GLOBAL_READER);
    private static final Set<String> OPTIONS = Set.of(
            "--directory",
            "--seed",
            "--tenants",
            "--empty-tenants",
            "--pace",
            "--remember-versions",
            "--entra-port",
            "--graph-port",
            "--plain-entra-port",
            "--plain-graph-port");

    private SimulatorMain() {}

    /** Exits with 0 when its input ends, 1 when it cannot start, 2 when it does not understand its arguments. */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> options;
        SimulatorSettings settings;
        try {
            options = options(arguments);
            settings = settings(options);
        } catch (IllegalArgumentException exception) {
            System.err.println(exception.getMessage());
            System.err.println(USAGE);
            System.exit(2);
            return;
        }
        try (var simulator = Simulator.start(settings)) {
            var directory = Path.of(options.getOrDefault("--directory", "."));
            simulator.tenants().forEach(tenant -> letAdministrate(simulator, tenant));
            var all = simulator.tenants();
            var furnished = all.size() - (int) number(options, "--empty-tenants", 0);
            var empty = all.subList(furnished, all.size());
            empty.forEach(tenant -> tenant.directory().remove(tenant.application()));
            announce(simulator, all.subList(0, furnished), empty, directory);
            System.out.printf(
                    "The simulator is ready: %d tenants, sign-in %s, Graph %s, described in %s%n",
                    simulator.tenants().size(),
                    simulator.authority(),
                    simulator.graph(),
                    directory.resolve("simulator.json"));
            waitForTheEndOfInput();
        }
    }

    private static Map<String, String> options(String[] arguments) {
        var options = new HashMap<String, String>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!OPTIONS.contains(arguments[i])) {
                throw new IllegalArgumentException(
                        "There is no option %s, but %s".formatted(arguments[i], new TreeSet<>(OPTIONS)));
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("The option %s needs a value".formatted(arguments[i]));
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        if (!options.containsKey("--directory")) {
            throw new IllegalArgumentException("The option --directory is required");
        }
        return options;
    }

    private static SimulatorSettings settings(Map<String, String> options) {
        var count = (int) (number(options, "--tenants", 3) + number(options, "--empty-tenants", 0));
        var remembers = options.getOrDefault("--remember-versions", "no").equals("yes");
        var pace =
                switch (options.getOrDefault("--pace", "demo")) {
                    case "demo" -> Pace.DEMO;
                    case "real" -> Pace.REAL;
                    case String other ->
                        throw new IllegalArgumentException("The pace is demo or real, but was " + other);
                };
        var first = World.companyNames(1).getFirst();
        return SimulatorSettings.defaults()
                .withSeed(number(options, "--seed", 1))
                .withTenants(count)
                .withPorts(new Ports(
                        (int) number(options, "--entra-port", 9443),
                        (int) number(options, "--graph-port", 9444),
                        (int) number(options, "--plain-entra-port", 9081),
                        (int) number(options, "--plain-graph-port", 9082)))
                .withDefenders(DefenderSource.companies(pace, plan -> {
                    // Somebody who watches a demonstration should not have to wait for a DCSync.
                    var adapted = plan.name().equals(first) ? plan.openingWithDirectoryTheft() : plan;
                    return remembers ? adapted.rememberingVersions() : adapted;
                }));
    }

    private static long number(Map<String, String> options, String name, long otherwise) {
        var text = options.getOrDefault(name, Long.toString(otherwise));
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("The option %s takes a number, but was %s".formatted(name, text));
        }
        return Long.parseLong(text);
    }

    /** Whoever waits for simulator.json must never see half of it, so it is moved into its place. */
    private static void announce(
            Simulator simulator, List<SimulatedTenant> furnished, List<SimulatedTenant> empty, Path directory)
            throws IOException {
        Files.createDirectories(directory);
        var ca = directory.resolve("ca.pem");
        Files.writeString(ca, simulator.caCertificate());
        var description = Json.object()
                .put("authority", simulator.authority().toString())
                .put("graph", simulator.graph().toString())
                .put("plainAuthority", simulator.plainAuthority().toString())
                .put("plainGraph", simulator.plainGraph().toString())
                .put("caCertificate", ca.toAbsolutePath().toString());
        var tenants = description.putArray("tenants");
        furnished.forEach(tenant -> tenants.add(ControlEndpoints.describe(tenant)));
        var emptyTenants = description.putArray("emptyTenants");
        empty.forEach(tenant -> emptyTenants
                .addObject()
                .put("name", tenant.name())
                .put("tenantId", tenant.tenantId().toString())
                .put("domain", tenant.directory().domain()));
        var unfinished = directory.resolve("simulator.json.unfinished");
        Files.writeString(unfinished, Json.pretty(description));
        Files.move(
                unfinished,
                directory.resolve("simulator.json"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * People who can sign in and set the tenant up: {@code admin} at the tenant's domain may do everything, some others a
     * part of it.
     */
    private static void letAdministrate(Simulator simulator, SimulatedTenant tenant) {
        var directory = simulator.customerDirectory(tenant.tenantId());
        var domain = "@" + tenant.directory().domain();
        directory.addUser("admin" + domain, "Administrator", DirectoryRole.GLOBAL_ADMINISTRATOR);
        for (var role : PARTLY) {
            directory.addUser(role.title().toLowerCase(Locale.ROOT).replace(' ', '.') + domain, role.title(), role);
        }
    }

    private static void waitForTheEndOfInput() throws IOException {
        var ignored = new byte[1024];
        while (System.in.read(ignored) >= 0) {
            // What is typed has no meaning here; only the end of it has.
        }
    }
}
