package dev.gatehouse.simulator;

import dev.gatehouse.simulator.world.ScriptedDefender;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a simulator is started with.
 *
 * @param seed the same seed gives the same tenants
 * @param tenants the tenants' names
 * @param clock where the cloud's time comes from; {@link Simulator#clock()} can move it forward
 * @param defenders decides what happens in each tenant
 */
public record SimulatorSettings(
        long seed, List<String> tenants, Ports ports, InstantSource clock, DefenderSource defenders) {

    private static final List<String> NAMES = List.of(
            "Contoso",
            "Fabrikam",
            "Northwind Traders",
            "Adventure Works",
            "Tailwind Traders",
            "Woodgrove Bank",
            "Wide World Importers",
            "Litware",
            "Proseware",
            "Fourth Coffee");

    /** Ports on loopback; 0 means any free one. */
    public record Ports(int entra, int graph, int plainEntra, int plainGraph) {

        /** Free ports only, for tests. */
        public static final Ports ANY = new Ports(0, 0, 0, 0);
    }

    public SimulatorSettings {
        tenants = List.copyOf(tenants);
    }

    /** One quiet tenant, free ports, the machine's time. */
    public static SimulatorSettings defaults() {
        return new SimulatorSettings(
                1, names(1), Ports.ANY, InstantSource.system(), (_, _, _) -> new ScriptedDefender());
    }

    public SimulatorSettings withSeed(long other) {
        return new SimulatorSettings(other, tenants, ports, clock, defenders);
    }

    /** That many tenants, with the names that Microsoft's examples use, and numbers after those. */
    public SimulatorSettings withTenants(int count) {
        return withTenants(names(count));
    }

    public SimulatorSettings withTenants(List<String> names) {
        return new SimulatorSettings(seed, names, ports, clock, defenders);
    }

    public SimulatorSettings withPorts(Ports other) {
        return new SimulatorSettings(seed, tenants, other, clock, defenders);
    }

    public SimulatorSettings withClock(InstantSource other) {
        return new SimulatorSettings(seed, tenants, ports, other, defenders);
    }

    public SimulatorSettings withDefenders(DefenderSource other) {
        return new SimulatorSettings(seed, tenants, ports, clock, other);
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> index < NAMES.size() ? NAMES.get(index) : "Tenant %04d".formatted(index + 1))
                .toList();
    }
}
