package dev.gatehouse.workbench.generate;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.detections.Rules;
import dev.gatehouse.workbench.devices.DeviceDraft;
import dev.gatehouse.workbench.devices.DeviceEditing;
import dev.gatehouse.workbench.devices.DeviceImport;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.people.Accounts;
import dev.gatehouse.workbench.people.Organization;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes customers with a past: first organizations, people and devices, and then what happened in each directory, several
 * organizations at a time. What is made is the same for the same seed, apart from ids that Gatehouse draws; times are counted
 * back from now.
 *
 * <p>The devices are switched off, so that no Workbench asks Microsoft for directories that nobody has.
 */
public final class Generator {

    /** Connections at once: half of them make the next page while PostgreSQL writes that of the others. */
    private static final int AT_ONCE = 4;

    private static final String WHO = "Gatehouse generate";

    private static final List<String> FIRST = List.of(
            "Alder",
            "Birch",
            "Cedar",
            "Delta",
            "Ember",
            "Falcon",
            "Garnet",
            "Harbor",
            "Indigo",
            "Juniper",
            "Kestrel",
            "Lumen",
            "Maple",
            "Northwind",
            "Orchid",
            "Pioneer",
            "Quartz",
            "Raven",
            "Summit",
            "Tundra",
            "Umber",
            "Vertex",
            "Willow",
            "Zephyr");
    private static final List<String> SECOND = List.of(
            "Energy",
            "Foods",
            "Hospitals",
            "Insurance",
            "Logistics",
            "Media",
            "Motors",
            "Pharma",
            "Retail",
            "Steel",
            "Systems",
            "Travel");
    private static final List<String> SITES = List.of("Headquarters", "North", "South", "East", "West", "Plant", "Lab");

    private final Organizations organizations;
    private final Accounts accounts;
    private final SecurityDevices devices;
    private final DeviceImport imports;
    private final DeviceEditing editing;
    private final Rules rules;
    private final Arrivals arrivals;
    private final Shift shift;
    private final JdbcClient database;
    private final InstantSource clock;
    private final MonotonicClock stopwatch;
    private final PrintStream out;

    /** By what the screens and the collecting call. */
    public Generator(
            Organizations organizations,
            Accounts accounts,
            SecurityDevices devices,
            DeviceImport imports,
            DeviceEditing editing,
            Rules rules,
            Arrivals arrivals,
            Shift shift,
            JdbcClient database,
            InstantSource clock,
            MonotonicClock stopwatch) {
        this.organizations = organizations;
        this.accounts = accounts;
        this.devices = devices;
        this.imports = imports;
        this.editing = editing;
        this.rules = rules;
        this.arrivals = arrivals;
        this.shift = shift;
        this.database = database;
        this.clock = clock;
        this.stopwatch = stopwatch;
        this.out = System.out;
    }

    /**
     * Makes it all.
     *
     * @param password that everybody signs in with who is made
     * @throws InvalidSetting when the database holds something and that was not said to be right
     */
    public void run(GenerateOptions options, String password) {
        if (!options.isAddition()) {
            requireNothingThere();
        }
        var began = stopwatch.nanos();
        var dice = new Dice(options.seed());
        var catalogue = Catalogue.of(rules, dice.split());
        var end = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        var begin = end.minus(Duration.ofDays(options.days()));
        var staff = new Staff(accounts, password);
        var customers = PastClock.at(begin, () -> customers(options, staff, end, dice));
        out.printf(
                Locale.ROOT,
                "%,d organizations, %,d people, %,d devices after %d s%n",
                options.organizations(),
                staff.count(),
                options.devices(),
                seconds(began));
        var sum =
                live(customers, new Past(arrivals, shift, catalogue, new Progress(options.vendorAlerts(), began)::add));
        out.println("Bringing the statistics of the database up to date …");
        database.sql("vacuum analyze").update();
        out.printf(
                Locale.ROOT,
                """
                Done after %,d s (seed %d, %d days up to %s):
                  %,9d organizations
                  %,9d people
                  %,9d devices, switched off
                  %,9d vendor alerts
                  %,9d vendor incidents
                  %,9d alerts, %,d of them closed by people
                  %,9d investigations, %,d of them incidents
                """,
                seconds(began),
                options.seed(),
                options.days(),
                end,
                options.organizations(),
                staff.count(),
                options.devices(),
                sum.vendorAlerts(),
                sum.vendorIncidents(),
                sum.alerts(),
                sum.closed(),
                sum.investigations(),
                sum.incidents());
    }

    private void requireNothingThere() {
        var there = organizations.all(Scope.everything()).size();
        if (there > 1 || !devices.all(Scope.everything()).isEmpty()) {
            throw new InvalidSetting(
                    "The database holds %s already. Made-up customers would stand among them: name an empty database or another data directory, or say --add when that is what you want."
                            .formatted(there > 1 ? "%,d organizations".formatted(there) : "security devices"));
        }
    }

    private long seconds(long since) {
        return stopwatch.since(since).toSeconds();
    }

    /** Says how far it is, every 2 percent. */
    private final class Progress {

        private final long all;
        private final long began;
        private long done;
        private long said;

        Progress(long all, long began) {
            this.all = all;
            this.began = began;
        }

        synchronized void add(int more) {
            done += more;
            if ((done - said) * 50 >= all) {
                said = done;
                var seconds = Math.max(1, seconds(began));
                out.printf(
                        Locale.ROOT,
                        "%,d of %,d vendor alerts after %,d s (%,d a second)%n",
                        done,
                        all,
                        seconds,
                        done / seconds);
            }
        }
    }

    private List<Past.Customer> customers(GenerateOptions options, Staff staff, Instant end, Dice dice) {
        var analysts = staff.ofProvider();
        var owners = new ArrayList<Organization>();
        for (var number = 0; number < options.organizations(); number++) {
            owners.add(organizations.add(OrganizationDraft.named(nameOf(number))));
        }
        var directories = directories(options, owners, dice.split());
        var customers = new ArrayList<Past.Customer>();
        for (var number = 0; number < owners.size(); number++) {
            var owner = owners.get(number);
            var ours = staff.of(owner, number);
            customers.add(new Past.Customer(
                    owner.id(),
                    Stream.concat(analysts.stream(), ours.stream()).toList(),
                    directories.get(number),
                    end.minus(Duration.ofDays(options.days())),
                    end,
                    40,
                    dice.split()));
        }
        // Those with the most first, so that none of them is left over for the end.
        customers.sort(Comparator.comparingInt((Past.Customer customer) -> customer.directories().stream()
                        .mapToInt(Directory::vendorAlerts)
                        .sum())
                .reversed());
        return customers;
    }

    private static String nameOf(int number) {
        var name = "%s %s"
                .formatted(
                        FIRST.get(number % FIRST.size()), SECOND.get((number + number / FIRST.size()) % SECOND.size()));
        var round = number / (FIRST.size() * SECOND.size());
        return round == 0 ? name : "%s %d".formatted(name, round + 1);
    }

    /** Each organization has one, and some of them have many; of each organization, its directories. */
    private List<List<Directory>> directories(GenerateOptions options, List<Organization> owners, Dice dice) {
        var sizes = sizes(options.vendorAlerts(), options.devices(), dice);
        var ofOwner = new ArrayList<List<Directory>>();
        owners.forEach(owner -> ofOwner.add(new ArrayList<>()));
        var places = IntStream.range(0, owners.size()).boxed().toList();
        var drafts = new ArrayList<DeviceDraft>();
        for (var number = 0; number < options.devices(); number++) {
            var place = number < owners.size() ? number : dice.oftenFirst(places);
            var owner = owners.get(place);
            var tenant = new TenantId(new UUID((dice.next() & ~0xF000L) | 0x4000L, (dice.next() >>> 2) | (1L << 63)));
            var site = ofOwner.get(place).size();
            var domain = "%s%d.example".formatted(owner.shortName().toLowerCase(Locale.ROOT), site + 1);
            ofOwner.get(place).add(Directory.of(tenant, domain, sizes.get(number), dice.split()));
            drafts.add(draft(owner, tenant, site, dice));
        }
        var ids = new ArrayList<UUID>();
        for (var result : imports.add(new DeviceImport.Order(Scope.everything(), drafts, false), WHO)) {
            if (!(result instanceof DeviceImport.Result.Added added)) {
                throw new IllegalStateException("A device was not taken: " + result.problems());
            }
            ids.add(added.device());
        }
        ids.forEach(id -> editing.setEnabled(id, false, WHO));
        return ofOwner;
    }

    private static DeviceDraft draft(Organization owner, TenantId tenant, int site, Dice dice) {
        return DeviceDraft.empty()
                .with(DeviceField.NAME, "%s %s %d".formatted(owner.name(), SITES.get(site % SITES.size()), site + 1))
                .with(DeviceField.LOCATION, SITES.get(site % SITES.size()))
                .with(DeviceField.KIND, DeviceKind.DEFENDER_FOR_IDENTITY.key())
                .with(DeviceField.ORGANIZATION, owner.shortName())
                .with(DeviceField.DIRECTORY_ID, tenant.toString())
                .with(
                        DeviceField.APPLICATION_ID,
                        new UUID((dice.next() & ~0xF000L) | 0x4000L, (dice.next() >>> 2) | (1L << 63)).toString())
                .with(DeviceField.CLIENT_SECRET, "made~up~" + Long.toHexString(dice.next()) + "~secret~value");
    }

    /** A few directories have a twentieth of everything each, most have a few hundred vendor alerts of a million. */
    static List<Integer> sizes(int vendorAlerts, int devices, Dice dice) {
        var cap = Math.max(1, vendorAlerts / 20);
        var harmonic = 0.0;
        for (var rank = 1; rank <= devices; rank++) {
            harmonic += 1.0 / rank;
        }
        var sizes = new ArrayList<Integer>();
        var left = (long) vendorAlerts;
        for (var rank = 1; rank <= devices; rank++) {
            var size = (int) Math.min(cap, vendorAlerts * (0.5 / devices + 0.5 / harmonic / rank));
            sizes.add(size);
            left -= size;
        }
        for (var at = 0; left > 0; at = (at + 1) % devices) {
            var more = (int) Math.min(left, Math.max(1, left / devices));
            sizes.set(at, sizes.get(at) + more);
            left -= more;
        }
        // Whose they are does not depend on how large they are.
        for (var at = sizes.size() - 1; at > 0; at--) {
            var other = dice.below(at + 1);
            var size = sizes.get(at);
            sizes.set(at, sizes.get(other));
            sizes.set(other, size);
        }
        return List.copyOf(sizes);
    }

    private static Past.Sum live(List<Past.Customer> customers, Past past) {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var running = new ArrayList<Future<Past.Sum>>();
            customers.forEach(customer -> running.add(threads.submit(() -> past.live(customer))));
            var sum = Past.Sum.NOTHING;
            try {
                for (var one : running) {
                    sum = sum.plus(one.get());
                }
                return sum;
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw new IllegalStateException(
                        "It was broken off, and what is there is not all: take another empty database", e.getCause());
            } catch (InterruptedException e) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("It was interrupted, and what is there is not all", e);
            }
        }
    }
}
