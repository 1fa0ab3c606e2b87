package dev.gatehouse.workbench.reconcile;

import dev.gatehouse.intake.poll.Lookup;
import dev.gatehouse.intake.poll.PollOutcome;
import dev.gatehouse.intake.poll.Reading;
import dev.gatehouse.intake.poll.Receipt;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import dev.gatehouse.workbench.budget.Budgets;
import dev.gatehouse.workbench.budget.RequestKind;
import dev.gatehouse.workbench.budget.Spender;
import dev.gatehouse.workbench.collect.BackOff;
import dev.gatehouse.workbench.collect.Collector;
import dev.gatehouse.workbench.collect.PageSize;
import dev.gatehouse.workbench.collect.Source;
import dev.gatehouse.workbench.collect.Source.Look;
import dev.gatehouse.workbench.collect.Step;
import dev.gatehouse.workbench.devices.Feeds;
import dev.gatehouse.workbench.devices.ReadAccess;
import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.processes.Fault;
import dev.gatehouse.workbench.processes.Loop;
import dev.gatehouse.workbench.processes.Sleeper;
import dev.gatehouse.workbench.processes.TenantsWithWork;
import dev.gatehouse.workbench.reconcile.Reconciliation.Count;
import dev.gatehouse.workbench.reconcile.Reconciliation.State;
import dev.gatehouse.workbench.reconcile.Reconciliations.Place;
import dev.gatehouse.workbench.reconcile.Reconciliations.Schedule;
import dev.gatehouse.workbench.records.VendorIncidents;
import dev.gatehouse.workbench.replay.ReplayRequested;
import dev.gatehouse.workbench.replay.Replays;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Compares what Graph has of one tenant with what is here, an hour after the other and a request a round. Which hours are
 * due follows from the database; an hour that is compared in part is begun anew by the next loop.
 *
 * <p>Alerts and incidents are read whole: Graph does not document {@code $select} for these lists, and whole records heal
 * what they find. Of hunting tables Graph only counts the rows, for a day in one query; an hour that has too few here is
 * replayed.
 */
final class ReconcileLoop extends Loop {

    /** How soon an hour that has become due is found. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** How soon Microsoft is asked again for a survivor that it did not have. */
    private static final Duration SURVIVOR_AGAIN = Duration.ofDays(1);

    private static final int HOURS_OF_A_DAY = 24;

    private static final String ACTOR = "Gatehouse";

    private final TenantId tenant;
    private final Surroundings surroundings;
    private final InstantSource clock;
    private final MonotonicClock passing;
    private final BackOff databaseBackOff;
    private final Map<Feed, Pace> paces = new EnumMap<>(Feed.class);

    /** When it was asked for last. Moments are those of the monotonic clock. */
    private final Map<String, Long> askedForSurvivor = new HashMap<>();

    private Optional<Begun> begun = Optional.empty();
    private DueHours due = new DueHours(List.of());
    private List<String> missingSurvivors = List.of();
    private volatile boolean isNews = true;
    private volatile boolean areIncidentsNew;
    private long lookedAt;

    /** The replays that fetch what hours lack, of those that this loop began. */
    private final Set<UUID> healing = ConcurrentHashMap.newKeySet();

    private List<Place> atWork = List.of();

    /** How a feed is to be asked at the moment. */
    private static final class Pace {

        private final BackOff backOff;
        private final PageSize pageSize;

        /** How many hours of a hunting table are counted at once. */
        private final PageSize hours;

        private long notBefore;

        Pace(BackOff backOff, int pageSize, MonotonicClock clock) {
            this.backOff = backOff;
            this.pageSize = new PageSize(pageSize, clock);
            this.hours = new PageSize(HOURS_OF_A_DAY, clock);
            this.notBefore = clock.nanos();
        }
    }

    /** An hour of alerts or incidents that is compared in part. */
    private record Begun(Place place, Source source, HourOfRecords hour, Reading rest) {}

    /** What all loops share. */
    record Surroundings(
            Collector collector,
            SecurityDevices devices,
            Feeds feeds,
            VendorIncidents incidents,
            Reconciliations reconciliations,
            TenantsWithWork withWork,
            Replays replays,
            ApplicationEventPublisher events,
            Budgets budgets,
            Settings settings,
            InstantSource clock,
            MonotonicClock passing,
            RandomGenerator random) {}

    /** Those of some tenants that have something to compare, to settle or to fetch. */
    static Set<TenantId> withWork(
            Collection<TenantId> tenants,
            Reconciliations reconciliations,
            VendorIncidents incidents,
            Settings settings,
            Instant now) {
        var found = new HashSet<>(incidents.withMissingSurvivors(tenants));
        found.addAll(reconciliations.withWork(tenants, schedule(settings, now), now));
        return found;
    }

    ReconcileLoop(TenantId tenant, Surroundings surroundings, Sleeper sleeper) {
        super(sleeper);
        this.tenant = tenant;
        this.surroundings = surroundings;
        this.clock = surroundings.clock();
        this.passing = surroundings.passing();
        var settings = surroundings.settings();
        this.databaseBackOff = BackOff.fromDatabase(surroundings.random());
        for (var feed : Feed.values()) {
            paces.put(
                    feed,
                    new Pace(
                            new BackOff(settings.poll().interval(feed), surroundings.random()),
                            settings.poll().pageSize().of(feed),
                            passing));
        }
    }

    /** Somebody wants hours to be compared. */
    void hear() {
        isNews = true;
        wake();
    }

    /** A replay has got further. Only the end of one that heals an hour is news here. */
    void hearOfReplay(UUID replay) {
        if (healing.contains(replay)) {
            hear();
        }
    }

    /** Incidents came; one may have been merged into another that is not here. */
    void hearOfIncidents() {
        areIncidentsNew = true;
        wake();
    }

    @Override
    protected Optional<Duration> round() throws InterruptedException {
        if (isAtRest() && !surroundings.withWork().contains(tenant)) {
            lookedAt = passing.nanos();
            return Optional.of(IDLE);
        }
        var access = surroundings.devices().accessTo(tenant);
        if (access.isEmpty()) {
            return Optional.empty();
        }
        atWork = List.of();
        var pause = next(access.get());
        databaseBackOff.afterSuccess(Duration.ZERO);
        return Optional.of(pause);
    }

    /** Whether it has nothing to do and nobody said anything, but might look again whether that is still so. */
    private boolean isAtRest() {
        return !isNews
                && !areIncidentsNew
                && begun.isEmpty()
                && due.groups().isEmpty()
                && survivorToAskFor().isEmpty()
                && untilNextLook().isZero();
    }

    /** Polling says so in the log; this needs no second voice. */
    @Override
    protected Duration databaseIsAway(RuntimeException cause) {
        forget();
        return databaseBackOff.afterFailure();
    }

    /** The hours that were being compared say so, and stay due; what others have due need not wait for them. */
    @Override
    protected Duration failed(Fault fault) {
        forget();
        var places = atWork;
        atWork = List.of();
        return places.isEmpty()
                ? databaseBackOff.afterFailure()
                : stuck(places, fault.diagnosis("Comparing with Graph"));
    }

    /** What was known may be half of it. */
    private void forget() {
        begun = Optional.empty();
        isNews = true;
    }

    @Override
    protected String name() {
        return "Comparing tenant %s with Graph".formatted(tenant);
    }

    private Duration next(ReadAccess access) throws InterruptedException {
        lookForWork();
        if (begun.isPresent()) {
            var wait = waitFor(begun.get().place().feed(), parked());
            return wait.isZero() ? goOn(begun.get()) : wait;
        }
        var survivor = survivorToAskFor();
        if (survivor.isPresent() && waitFor(Feed.INCIDENTS, parked()).isZero()) {
            return fetch(survivor.get(), access);
        }
        return compareWhatIsDue(access);
    }

    /** Looks into the database when somebody said that there is news, and once a minute without. */
    private void lookForWork() {
        var isTimeToLook = isNews || untilNextLook().isZero();
        if (isTimeToLook || areIncidentsNew) {
            areIncidentsNew = false;
            missingSurvivors = surroundings.incidents().missingSurvivors(tenant);
        }
        if (isTimeToLook) {
            isNews = false;
            settle();
            due = dueNow();
            lookedAt = passing.nanos();
        }
    }

    private void settle() {
        var ended = surroundings.reconciliations().settle(tenant);
        if (!ended.isEmpty()) {
            ended.forEach(healing::remove);
            surroundings.events().publishEvent(new HoursCompared(tenant));
        }
    }

    private Duration untilNextLook() {
        var left = IDLE.minus(passing.since(lookedAt));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private DueHours dueNow() {
        var now = clock.instant();
        return new DueHours(surroundings.reconciliations().due(tenant, schedule(surroundings.settings(), now), now));
    }

    private static Schedule schedule(Settings settings, Instant now) {
        var reconcile = settings.reconcile();
        var from = now.minus(reconcile.catchUp()).truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        return new Schedule(from, reconcile.firstAfter(), reconcile.againAfter());
    }

    private Duration compareWhatIsDue(ReadAccess access) throws InterruptedException {
        var soonest = untilNextLook();
        var parked = due.groups().isEmpty() ? Map.<Feed, Duration>of() : parked();
        // A feed has up to a week of hours that are due. How long to wait is asked once for all of them.
        var waits = new EnumMap<Feed, Duration>(Feed.class);
        for (var group : due.groups()) {
            var wait = waits.computeIfAbsent(group.feed(), feed -> waitFor(feed, parked));
            if (wait.isZero()) {
                return compare(access, group.feed(), group.hours());
            }
            soonest = shorter(wait, soonest);
        }
        return soonest;
    }

    /** How long it is until there may be a request. */
    private Duration waitFor(Feed feed, Map<Feed, Duration> parked) {
        var own = passing.until(paceOf(feed).notBefore);
        var wait = longer(own, parked.getOrDefault(feed, Duration.ZERO));
        return wait.isZero() ? surroundings.budgets().waitOf(tenant, RequestKind.of(feed), Spender.CHECKS) : wait;
    }

    private Map<Feed, Duration> parked() {
        return surroundings.feeds().parked(tenant, clock.instant());
    }

    private Duration compare(ReadAccess access, Feed feed, List<Instant> hours) throws InterruptedException {
        var newest = Collections.max(hours);
        var before = newest.minus(paceOf(feed).hours.current(), ChronoUnit.HOURS);
        var places = hours.stream()
                .filter(before::isBefore)
                .map(hour -> new Place(tenant, feed, hour))
                .toList();
        atWork = places;
        return switch (access) {
            case ReadAccess.Unusable(var diagnosis) -> stuck(places, diagnosis);
            case ReadAccess.Usable usable ->
                feed.isHuntingTable() ? compareRows(places, usable) : goOn(begin(places.getFirst(), usable));
        };
    }

    // Alerts and incidents

    private Begun begin(Place place, ReadAccess.Usable access) {
        var window = new Window(place.hour(), place.hour().plus(1, ChronoUnit.HOURS));
        var before = surroundings.reconciliations().held(place.tenant(), place.feed(), window);
        var polledUntil = surroundings
                .feeds()
                .of(tenant, place.feed())
                .watermark()
                .map(watermark -> watermark.minus(surroundings.settings().poll().overlap()))
                .orElse(Instant.MIN);
        var hour = new HourOfRecords(window, before, polledUntil);
        return new Begun(
                place,
                Source.of(access, place.feed(), new Look.Aside(hour), window),
                hour,
                Reading.of(
                        new Lookup.Created(),
                        window,
                        paceOf(place.feed()).pageSize.current()));
    }

    private Duration goOn(Begun comparison) throws InterruptedException {
        begun = Optional.empty();
        var place = comparison.place();
        atWork = List.of(place);
        return switch (surroundings.collector().collect(comparison.source(), comparison.rest())) {
            case Step.Wait(var duration) -> {
                begun = Optional.of(comparison);
                yield duration;
            }
            case Step.Stuck(var failure) -> stuck(List.of(place), failure);
            case Step.Held(var _, var failure) -> stuck(List.of(place), failure);
            case Step.Taken(var progress, var receipt) -> {
                begun = progress.rest().map(rest -> new Begun(place, comparison.source(), comparison.hour(), rest));
                if (begun.isEmpty()) {
                    compared(comparison, receipt);
                }
                yield Duration.ZERO;
            }
        };
    }

    private void compared(Begun comparison, Receipt receipt) {
        var place = comparison.place();
        var window = comparison.source().poll().window();
        var count = comparison.hour().count(surroundings.reconciliations().held(place.tenant(), place.feed(), window));
        note(place, HourOfRecords.state(count), count, Optional.empty(), receipt);
    }

    // Hunting tables

    private Duration compareRows(List<Place> places, ReadAccess.Usable access) throws InterruptedException {
        var hours = places.stream().map(Place::hour).sorted().toList();
        var window = new Window(hours.getFirst(), hours.getLast().plus(1, ChronoUnit.HOURS));
        var feed = places.getFirst().feed();
        var source = Source.of(access, feed, new Look.Aside((records, unreadable) -> {}), window);
        var here = surroundings.reconciliations().heldRows(tenant, feed, window);
        return switch (surroundings.collector().ask(source, Reading.of(new Lookup.HourlyCounts(), window, 1))) {
            case PollOutcome.Failed failure -> stuck(places, failure);
            case PollOutcome.Partial(var _, var failure) -> stuck(places, failure);
            case PollOutcome.Page page ->
                HoursOfRows.read(page.records())
                        .map(inGraph -> compareRows(places, inGraph, here, page.receipt()))
                        .orElseGet(() -> stuck(places, unreadable(feed)));
        };
    }

    private Duration compareRows(
            List<Place> places, Map<Instant, Long> inGraph, Map<Instant, Long> here, Receipt receipt) {
        for (var place : places) {
            compareRows(place, inGraph.getOrDefault(place.hour(), 0L), here.getOrDefault(place.hour(), 0L), receipt);
        }
        return Duration.ZERO;
    }

    /** Rows that are alike are one row here; how many those are in this hour, an earlier check may have found out. */
    private void compareRows(Place place, long inGraph, long here, Receipt receipt) {
        var known = surroundings.reconciliations().find(Scope.everything(), tenant, place.feed(), place.hour());
        var alike = Math.min(known.map(found -> found.count().alike()).orElse(0L), Math.max(0, inGraph - here));
        var count = new Count(inGraph, here, 0, Math.max(0, here - inGraph), 0, 0, alike);
        if (inGraph <= here + alike) {
            note(place, here > inGraph ? State.DIFFERS : State.EQUAL, count, Optional.empty(), receipt);
            return;
        }
        var hour = new Window(place.hour(), place.hour().plus(1, ChronoUnit.HOURS));
        var replay = surroundings.replays().add(tenant, place.feed(), hour, ACTOR, clock.instant());
        healing.add(replay);
        note(place, State.HEALING, count, Optional.of(replay), receipt);
        surroundings.events().publishEvent(new ReplayRequested(tenant));
    }

    private static Diagnosis unreadable(Feed feed) {
        return Diagnosis.of(
                Trouble.UNREADABLE_ANSWER,
                "Microsoft did not count the rows of %s in a way that can be read.".formatted(feed.table()),
                "Nothing to do: Gatehouse asks again. If it lasts, report it.");
    }

    // Survivors of mergers

    private Optional<String> survivorToAskFor() {
        return missingSurvivors.stream().filter(this::mayAskFor).findFirst();
    }

    private boolean mayAskFor(String survivor) {
        var asked = askedForSurvivor.get(survivor);
        return asked == null || passing.since(asked).compareTo(SURVIVOR_AGAIN) > 0;
    }

    /** The survivor may itself have been merged into yet another; then that one is missing in the next round. */
    private Duration fetch(String id, ReadAccess access) throws InterruptedException {
        var now = clock.instant();
        return switch (access) {
            case ReadAccess.Unusable(var diagnosis) -> pauseAfter(Feed.INCIDENTS, diagnosis);
            case ReadAccess.Usable usable -> {
                var window = new Window(now, now);
                var source = Source.of(usable, Feed.INCIDENTS, new Look.Aside((records, unreadable) -> {}), window);
                yield switch (surroundings.collector().collect(source, Reading.of(new Lookup.One(id), window, 1))) {
                    case Step.Wait(var duration) -> duration;
                    case Step.Stuck(var failure) -> pauseAfter(Feed.INCIDENTS, failure.diagnosis());
                    case Step.Held(var _, var failure) -> pauseAfter(Feed.INCIDENTS, failure.diagnosis());
                    case Step.Taken(var _, var _) -> {
                        askedForSurvivor.put(id, passing.nanos());
                        areIncidentsNew = true;
                        yield Duration.ZERO;
                    }
                };
            }
        };
    }

    // What came of it

    private void note(Place place, State state, Count count, Optional<UUID> replay, Receipt receipt) {
        var how = paceOf(place.feed());
        how.backOff.afterSuccess(Duration.ZERO);
        how.pageSize.worked();
        how.hours.worked();
        surroundings.reconciliations().checked(place, state, count, replay, receipt.requestId(), clock.instant());
        due.remove(place);
        surroundings.events().publishEvent(new HoursCompared(tenant));
    }

    private Duration stuck(List<Place> places, PollOutcome.Failed failure) {
        var feed = places.getFirst().feed();
        if (failure.isEasedByAskingForLess(feed)) {
            paceOf(feed).pageSize.halve();
            paceOf(feed).hours.halve();
        }
        return stuck(places, failure.diagnosis());
    }

    private Duration stuck(List<Place> places, Diagnosis diagnosis) {
        places.forEach(place -> surroundings.reconciliations().failed(place, diagnosis));
        surroundings.events().publishEvent(new HoursCompared(tenant));
        return pauseAfter(places.getFirst().feed(), diagnosis);
    }

    /** The feed is left alone for a while; what others have due need not wait for it. */
    private Duration pauseAfter(Feed feed, Diagnosis diagnosis) {
        var how = paceOf(feed);
        how.notBefore = passing.after(how.backOff.after(diagnosis));
        return Duration.ZERO;
    }

    private Pace paceOf(Feed feed) {
        var found = paces.get(feed);
        if (found == null) {
            throw new IllegalStateException("Nothing is known of " + feed);
        }
        return found;
    }
}
