package dev.gatehouse.simulator;

import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.simulator.world.World;
import java.time.InstantSource;
import java.util.List;

/**
 * What a simulator is started with.
 *
 * @param seed the same seed gives the same tenants
 * @param tenants the tenants' names
 * @param clock where the cloud's time comes from; {@link Simulator#clock()} can move it forward
 * @param defenders decides what happens in each tenant
 * @param graph how Graph behaves at the start; {@link Simulator#behave} can change it
 */
public record SimulatorSettings(
        long seed,
        List<String> tenants,
        Ports ports,
        InstantSource clock,
        DefenderSource defenders,
        GraphBehaviour graph) {

    /** Ports on loopback; 0 means any free one. */
    public record Ports(int entra, int graph, int plainEntra, int plainGraph) {

        /** Free ports only, for tests. */
        public static final Ports ANY = new Ports(0, 0, 0, 0);
    }

    public SimulatorSettings {
        tenants = List.copyOf(tenants);
    }

    /** One quiet tenant, free ports, the machine's time, and the behaviour of Graph that is likeliest. */
    public static SimulatorSettings defaults() {
        return new SimulatorSettings(
                1,
                World.companyNames(1),
                Ports.ANY,
                InstantSource.system(),
                DefenderSource.quiet(),
                GraphBehaviour.likeliest());
    }

    public SimulatorSettings withSeed(long other) {
        return new SimulatorSettings(other, tenants, ports, clock, defenders, graph);
    }

    /** That many tenants, with the names that Microsoft's examples use. */
    public SimulatorSettings withTenants(int count) {
        return withTenants(World.companyNames(count));
    }

    public SimulatorSettings withTenants(List<String> names) {
        return new SimulatorSettings(seed, names, ports, clock, defenders, graph);
    }

    public SimulatorSettings withPorts(Ports other) {
        return new SimulatorSettings(seed, tenants, other, clock, defenders, graph);
    }

    public SimulatorSettings withClock(InstantSource other) {
        return new SimulatorSettings(seed, tenants, ports, other, defenders, graph);
    }

    public SimulatorSettings withDefenders(DefenderSource other) {
        return new SimulatorSettings(seed, tenants, ports, clock, other, graph);
    }

    public SimulatorSettings withGraph(GraphBehaviour other) {
        return new SimulatorSettings(seed, tenants, ports, clock, defenders, other);
    }
}
