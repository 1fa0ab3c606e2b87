package dev.gatehouse.workbench.generate;

import dev.gatehouse.model.Original;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;

/** The past of one organization, some days after some days: vendor alerts arrive, become alerts, and people work on them. */
final class Past {

    /** As many vendor alerts as one page brings. */
    private static final int PAGE = 200;

    /** Of a quiet directory, as many vendor alerts are waited for before they are fetched together. */
    private static final int FEW = 14;

    private static final int INCIDENTS_AT_ONCE = 40;
    private static final Duration SLICE = Duration.ofDays(2);

    private final Arrivals arrivals;
    private final Shift shift;
    private final Catalogue catalogue;
    private final IntConsumer progress;

    Past(Arrivals arrivals, Shift shift, Catalogue catalogue, IntConsumer progress) {
        this.arrivals = arrivals;
        this.shift = shift;
        this.catalogue = catalogue;
        this.progress = progress;
    }

    /**
     * An organization and when its past is.
     *
     * @param organization its id
     * @param people who works on its alerts
     * @param directories its directories
     * @param begin when its first vendor alerts came
     * @param end now
     * @param investigated how many of a thousand alerts lead to an investigation
     * @param dice what its people do
     */
    record Customer(
            UUID organization,
            List<Actor> people,
            List<Directory> directories,
            Instant begin,
            Instant end,
            int investigated,
            Dice dice) {

        Customer {
            people = List.copyOf(people);
            directories = List.copyOf(directories);
        }
    }

    /** How much of everything there was. */
    record Sum(int vendorAlerts, int vendorIncidents, int alerts, int closed, int investigations, int incidents) {

        static final Sum NOTHING = new Sum(0, 0, 0, 0, 0, 0);

        Sum plus(Sum other) {
            return new Sum(
                    vendorAlerts + other.vendorAlerts,
                    vendorIncidents + other.vendorIncidents,
                    alerts + other.alerts,
                    closed + other.closed,
                    investigations + other.investigations,
                    incidents + other.incidents);
        }
    }

    Sum live(Customer customer) {
        var sum = Sum.NOTHING;
        var slices = (int)
                Math.max(1, Duration.between(customer.begin(), customer.end()).dividedBy(SLICE));
        var streams = customer.directories().stream()
                .map(directory -> new Stream(directory, slices))
                .toList();
        var length = Duration.between(customer.begin(), customer.end()).dividedBy(slices);
        for (var slice = 0; slice < slices; slice++) {
            var from = customer.begin().plus(length.multipliedBy(slice));
            var made = new ArrayList<UUID>();
            for (var stream : streams) {
                sum = sum.plus(stream.bring(slice, from, length, made));
            }
            var end = from.plus(length);
            var done = shift.work(
                    new Shift.Plan(
                            Scope.of(customer.organization()),
                            customer.people(),
                            end.isAfter(customer.end()) ? customer.end() : end,
                            customer.end(),
                            customer.investigated()),
                    made,
                    customer.dice());
            sum = sum.plus(new Sum(0, 0, 0, done.closed(), done.investigations(), done.incidents()));
        }
        return sum;
    }

    /** What comes from one directory. */
    private final class Stream {

        private final Directory directory;
        private final int slices;
        private final int turns;
        private List<MadeVendorAlert> before = List.of();
        private final List<Original> incidents = new ArrayList<>();
        private String incident = "";
        private int incidentNumber;
        private int sent;
        private int turn;

        Stream(Directory directory, int slices) {
            this.directory = directory;
            this.slices = slices;
            this.turns = Math.clamp(directory.vendorAlerts() / FEW, 1, slices);
            this.incidentNumber = 1_000 + directory.dice().below(9_000);
        }

        Sum bring(int slice, Instant from, Duration length, List<UUID> made) {
            var due = (int) ((long) (slice + 1) * turns / slices);
            if (due == turn) {
                return Sum.NOTHING;
            }
            turn = due;
            var many = (int) ((long) directory.vendorAlerts() * turn / turns) - sent;
            var pages = Math.max(1, (many + PAGE - 1) / PAGE);
            var count = made.size();
            var broughtIncidents = 0;
            for (var page = 0; page < pages; page++) {
                var share = length.dividedBy(pages);
                var at = from.plus(share.multipliedBy(page))
                        .plus(directory.dice().between(Duration.ZERO, share));
                bring((int) ((long) many * (page + 1) / pages) - (int) ((long) many * page / pages), at, made);
                if (incidents.size() >= INCIDENTS_AT_ONCE || turn == turns) {
                    arrivals.vendorIncidents(directory.tenant(), incidents, at);
                    broughtIncidents += incidents.size();
                    incidents.clear();
                }
            }
            sent += many;
            progress.accept(many);
            return new Sum(many, broughtIncidents, made.size() - count, 0, 0, 0);
        }

        private void bring(int many, Instant at, List<UUID> made) {
            var dice = directory.dice();
            var page = new ArrayList<Original>();
            for (var old : before) {
                if (dice.chance(0.1)) {
                    page.add(old.changed(
                                    at.minus(dice.between(Duration.ofSeconds(10), Duration.ofMinutes(9))),
                                    dice.chance(0.7) ? "resolved" : "inProgress")
                            .original());
                }
            }
            var next = new ArrayList<MadeVendorAlert>();
            for (var number = 0; number < many; number++) {
                var isOfNewIncident = incident.isEmpty() || dice.chance(0.35);
                if (isOfNewIncident) {
                    incidentNumber++;
                    incident = Integer.toString(incidentNumber);
                }
                var id = "ad" + HexFormat.of().toHexDigits(dice.next())
                        + HexFormat.of().toHexDigits(dice.next());
                var alert = MadeVendorAlert.next(catalogue, directory, id, incident, at);
                if (!isOfNewIncident && !next.isEmpty() && dice.chance(0.7)) {
                    alert = alert.like(next.getLast());
                }
                if (isOfNewIncident) {
                    incidents.add(alert.incidentOriginal());
                }
                next.add(alert);
                page.add(alert.original());
            }
            before = next;
            made.addAll(arrivals.vendorAlerts(directory.tenant(), page, at));
        }
    }
}
