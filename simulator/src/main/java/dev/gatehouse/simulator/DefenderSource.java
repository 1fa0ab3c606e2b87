package dev.gatehouse.simulator;

import dev.gatehouse.simulator.entra.TenantDirectory;
import dev.gatehouse.simulator.world.Defender;
import dev.gatehouse.simulator.world.Pace;
import dev.gatehouse.simulator.world.ScriptedDefender;
import dev.gatehouse.simulator.world.TenantPlan;
import dev.gatehouse.simulator.world.World;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Decides what happens in a tenant. */
@FunctionalInterface
public interface DefenderSource {

    /**
     * What Microsoft Defender shows of a tenant.
     *
     * @param seed the same tenant and seed have to give the same events
     * @param start the cloud's time when the tenant joins it
     */
    Defender defenderOf(TenantDirectory tenant, long seed, Instant start);

    /** Companies with employees and attackers. */
    static DefenderSource companies(Pace pace) {
        return companies(pace, plan -> plan);
    }

    /** Companies with employees and attackers, whose plans are adapted, for example to lack a hunting table. */
    static DefenderSource companies(Pace pace, UnaryOperator<TenantPlan> adapt) {
        return (tenant, seed, start) -> {
            var plan = TenantPlan.of(tenant.name(), seed, start, pace)
                    .inDirectory(tenant.id().toString());
            return World.defender(adapt.apply(plan));
        };
    }

    /** What a test puts in, and nothing else. */
    static DefenderSource scripted(Defender defender) {
        return (_, _, _) -> defender;
    }

    /** Nothing ever happens, and there are no hunting tables. */
    static DefenderSource quiet() {
        return (_, _, _) -> new ScriptedDefender();
    }
}
