package dev.gatehouse.simulator.world;

import dev.gatehouse.simulator.world.Account.Kind;
import dev.gatehouse.simulator.world.Machine.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The ordinary day: people sign in, services look things up, passwords get changed. Nobody raises an alert. */
final class OrdinaryActivity implements EventSeries {

    private static final NetworkLocation OFFICE = new NetworkLocation(
            "192.0.2.10", "US", "United States", "Redmond", 47.67, -122.12, "Example Business Internet");

    private final Organization organization;
    private final SeededRandom random;
    private final Duration every;
    private final Instant until;
    private Instant next;
    private int acts;

    OrdinaryActivity(Organization organization, SeededRandom random, Duration every, Instant begin, Instant until) {
        this.organization = organization;
        this.random = random;
        this.every = every;
        this.next = begin;
        this.until = until;
    }

    @Override
    public Optional<Instant> nextBegins() {
        return next.isBefore(until) ? Optional.of(next) : Optional.empty();
    }

    @Override
    public List<PortalChange> play() {
        var number = "act " + acts++;
        var scene = new Scene(organization, random.forPurpose(number), next, Pace.DEMO, number);
        scene.leaves(someActOf(scene));
        next = next.plus(
                random.between(every.dividedBy(2), every.multipliedBy(3).dividedBy(2)));
        return scene.moments();
    }

    private static ActivityRecord someActOf(Scene scene) {
        var person = scene.employee();
        var desk = scene.workplaceOf(person);
        var controller = scene.controller();
        return switch (scene.random().between(1, 20)) {
            case 1, 2, 3, 4, 5, 6 -> ActivityRecord.logon(person, desk, controller);
            case 7 -> ActivityRecord.logon(person, desk, controller).failedBecause("WrongPassword");
            case 8, 9, 10 -> {
                var server = scene.server();
                yield ActivityRecord.access(person, desk, server, "cifs/" + server.dnsName());
            }
            case 11, 12, 13 -> ActivityRecord.cloudLogon(person, OFFICE, "Microsoft 365");
            case 14, 15 -> {
                var service = scene.serviceAccount();
                yield ActivityRecord.ldapQuery(
                        service,
                        scene.workplaceOf(service),
                        controller,
                        "QueryUser",
                        "(sAMAccountName=%s)".formatted(person.name()));
            }
            case 16, 17 ->
                ActivityRecord.dnsQuery(desk, controller, "A", scene.server().dnsName());
            case 18 -> ActivityRecord.samrQuery(person, desk, controller, "QueryGroup", "Domain Users");
            case 19 ->
                ActivityRecord.directory("Account Password changed", person, desk, controller)
                        .target(person);
            // Entra Connect replicates the directory day and night: the DCSync that is none.
            default ->
                ActivityRecord.directory(
                                "Directory Services replication",
                                scene.the(Kind.SYNCHRONISATION),
                                scene.the(Role.SYNCHRONISATION_SERVER),
                                controller)
                        .over("Drsr", 49668);
        };
    }
}
