package dev.gatehouse.simulator.world;

import dev.gatehouse.simulator.world.Account.Kind;
import dev.gatehouse.simulator.world.Machine.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The ordinary day: people sign in, services look things up, passwords get changed. Nobody raises an alert. */
final class Routine implements Series {

    private static final Place OFFICE =
            new Place("192.0.2.10", "US", "United States", "Redmond", 47.67, -122.12, "Example Business Internet");

    private final Estate estate;
    private final Dice dice;
    private final Duration every;
    private final Instant until;
    private Instant next;
    private int acts;

    Routine(Estate estate, Dice dice, Duration every, Instant begin, Instant until) {
        this.estate = estate;
        this.dice = dice;
        this.every = every;
        this.next = begin;
        this.until = until;
    }

    @Override
    public Optional<Instant> nextBegins() {
        return next.isBefore(until) ? Optional.of(next) : Optional.empty();
    }

    @Override
    public List<Moment> play() {
        var number = "act " + acts++;
        var scene = new Scene(estate, dice.forPurpose(number), next, Pace.DEMO, number);
        scene.leaves(someActOf(scene));
        next = next.plus(dice.between(every.dividedBy(2), every.multipliedBy(3).dividedBy(2)));
        return scene.moments();
    }

    private static Trace someActOf(Scene scene) {
        var person = scene.employee();
        var desk = scene.workplaceOf(person);
        var controller = scene.controller();
        return switch (scene.dice().between(1, 20)) {
            case 1, 2, 3, 4, 5, 6 -> Trace.logon(person, desk, controller);
            case 7 -> Trace.logon(person, desk, controller).failedBecause("WrongPassword");
            case 8, 9, 10 -> {
                var server = scene.server();
                yield Trace.access(person, desk, server, "cifs/" + server.dnsName());
            }
            case 11, 12, 13 -> Trace.cloudLogon(person, OFFICE, "Microsoft 365");
            case 14, 15 -> {
                var service = scene.serviceAccount();
                yield Trace.ldapQuery(
                        service,
                        scene.workplaceOf(service),
                        controller,
                        "QueryUser",
                        "(sAMAccountName=%s)".formatted(person.name()));
            }
            case 16, 17 -> Trace.dnsQuery(desk, controller, "A", scene.server().dnsName());
            case 18 -> Trace.samrQuery(person, desk, controller, "QueryGroup", "Domain Users");
            case 19 ->
                Trace.directory("Account Password changed", person, desk, controller)
                        .target(person);
            // Entra Connect replicates the directory day and night: the DCSync that is none.
            default ->
                Trace.directory(
                                "Directory Services replication",
                                scene.the(Kind.SYNCHRONISATION),
                                scene.the(Role.SYNCHRONISATION_SERVER),
                                controller)
                        .over("Drsr", 49668);
        };
    }
}
