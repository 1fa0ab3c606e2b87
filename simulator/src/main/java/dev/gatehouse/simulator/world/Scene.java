package dev.gatehouse.simulator.world;

import dev.gatehouse.simulator.world.Account.Kind;
import dev.gatehouse.simulator.world.Machine.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link Story} plays. The script casts accounts and machines, lets time pass with {@link #later}, leaves
 * {@linkplain #leaves traces} and raises {@linkplain #alert alerts}; the scene keeps the clock and writes down the
 * moments that come of it.
 *
 * <p>An alert's first and last activity are the first and last trace since the last {@link #later}, so alerts and
 * hunting rows agree by construction. Some records show late, as Microsoft's do: minutes after the time they carry.
 */
final class Scene {

    private static final String MAIN = "main";
    private static final String SIDE = "side";

    private final Organization organization;
    private final SeededRandom random;
    private final Pace pace;
    private final String name;
    private final Account analyst;
    private final Deque<Account> employees;
    private final List<PortalChange> moments = new ArrayList<>();
    private final Map<String, List<String>> alertsByCase = new HashMap<>();
    private final Map<String, Instant> shownSince = new HashMap<>();

    private Instant clock;
    private Instant activityBegan;
    private Instant activityEnded;
    private Instant lastAlertAt;
    private String currentCase = MAIN;

    Scene(Organization organization, SeededRandom random, Instant begin, Pace pace, String name) {
        this.organization = organization;
        this.random = random;
        this.pace = pace;
        this.name = name;
        this.clock = begin;
        this.activityBegan = begin;
        this.activityEnded = begin;
        this.lastAlertAt = begin;
        var staff = random.shuffle(organization.accounts(Kind.EMPLOYEE));
        this.analyst = staff.stream()
                .filter(account -> account.department().equals("IT"))
                .findFirst()
                .orElseThrow();
        this.employees = new ArrayDeque<>(
                staff.stream().filter(account -> !account.equals(analyst)).toList());
    }

    // Casting

    Organization organization() {
        return organization;
    }

    SeededRandom random() {
        return random;
    }

    Domain domain() {
        return organization.domain();
    }

    /** An employee who has no part in this story yet. */
    Account employee() {
        return employees.remove();
    }

    List<Account> employees(int count) {
        var cast = new ArrayList<Account>();
        for (var i = 0; i < count; i++) {
            cast.add(employee());
        }
        return cast;
    }

    Account administrator() {
        return random.pick(organization.accounts(Kind.ADMINISTRATOR));
    }

    /** A service account with a service principal name, which makes it a goal for Kerberoasting. */
    Account serviceAccount() {
        return random.pick(organization.accounts(Kind.SERVICE));
    }

    /** The only account of its kind. */
    Account the(Kind kind) {
        return organization.accounts(kind).getFirst();
    }

    Machine controller() {
        return random.pick(organization.machines(Role.DOMAIN_CONTROLLER));
    }

    Machine server() {
        return random.pick(organization.machines(Role.MEMBER_SERVER));
    }

    /** The only machine in its role. */
    Machine the(Role role) {
        return organization.machines(role).getFirst();
    }

    Machine workplaceOf(Account account) {
        return organization.workplaceOf(account);
    }

    NetworkLocation attackersPlace() {
        return NetworkLocation.ofAnAttacker(random);
    }

    // What happens

    /** Lets about so many minutes of the script pass. */
    void later(double minutes) {
        clock = clock.plus(pace.minutes(minutes * random.between(0.85, 1.15)));
        activityBegan = clock;
        activityEnded = clock;
    }

    /** The acts of this moment, one shortly after the other, each a row in a hunting table. */
    void leaves(ActivityRecord... traces) {
        // The tables fill within seconds as a rule, and now and then much later.
        var delay = pace.minutes(random.between(0.1, 0.3)).plus(random.oneIn(8) ? lateness() : Duration.ZERO);
        for (var trace : traces) {
            activityEnded = activityEnded.plus(pace.minutes(random.between(0.002, 0.03)));
            var at = activityEnded;
            var row = row(trace, at);
            moments.add(new PortalChange(at.plus(delay), portal -> portal.log(trace.table(), row)));
        }
    }

    /** Defender for Identity notices what happened since the last {@link #later}. */
    Detection alert(String detectorId, String description, Evidence... evidence) {
        var detector = Catalogue.standard().detector(detectorId);
        return alert(Product.of(detector), detector, description, evidence);
    }

    /** A Defender product notices what happened since the last {@link #later}. */
    Detection alert(Product product, Detector detector, String description, Evidence... evidence) {
        var created = activityEnded.plus(pace.minutes(random.between(0.3, 0.6)));
        return alertAt(created, product, detector, description, evidence);
    }

    /** A second alert about the same acts, at the very same time as the first. */
    Detection alertTogetherWith(Detection first, String detectorId, String description, Evidence... evidence) {
        var detector = Catalogue.standard().detector(detectorId);
        return alertAt(first.created(), Product.of(detector), detector, description, evidence);
    }

    /** More of the same was seen: the alert, already raised, shows more evidence. */
    void grows(Detection alert, Evidence... more) {
        var stamp = activityEnded.plus(pace.minutes(random.between(0.2, 0.4)));
        var lastActivity = activityEnded;
        var evidence = List.of(more);
        happens(
                stamp,
                List.of(alert.id()),
                (portal, shown) -> portal.grow(alert, evidence, lastActivity, stamp, shown));
    }

    /** The alerts that follow go to an incident of their own: nothing ties them to the others yet. */
    void looksUnrelated() {
        currentCase = SIDE;
    }

    /** Defender finds the tie: the second incident is merged into the first, with all its alerts. */
    void turnsOutToBeOneAttack() {
        var stamp = activityEnded.plus(pace.minutes(0.7));
        happens(stamp, allAlerts(), (portal, shown) -> portal.merge(caseName(SIDE), caseName(MAIN), stamp, shown));
        alertsByCase.computeIfAbsent(MAIN, _ -> new ArrayList<>()).addAll(alertsByCase.getOrDefault(SIDE, List.of()));
        alertsByCase.remove(SIDE);
        currentCase = MAIN;
    }

    /** An analyst takes the case and everything in it. */
    void analystTakesOver() {
        analystChanges(null, null);
    }

    void analystNotes(String comment) {
        analystChanges(null, comment);
    }

    void analystResolves(Verdict verdict, String comment) {
        analystChanges(verdict, comment);
    }

    /** Everything that comes of the script. */
    List<PortalChange> moments() {
        return List.copyOf(moments);
    }

    /** When the attack was over, apart from the analyst's work. */
    Instant lastAlertAt() {
        return lastAlertAt;
    }

    private Detection alertAt(
            Instant created, Product product, Detector detector, String description, Evidence... evidence) {
        var alert = new Detection(
                product.idPrefix + random.guid(),
                product,
                detector,
                description,
                activityBegan,
                activityEnded,
                created,
                List.of(evidence));
        var caseName = caseName(currentCase);
        // The first alert of a story is never late: somebody may be waiting for it in front of a screen.
        var late = !shownSince.isEmpty() && random.oneIn(9) ? lateness() : Duration.ZERO;
        var shown = created.plus(pace.minutes(0.05)).plus(late);
        moments.add(new PortalChange(shown, portal -> portal.raise(caseName, alert, shown)));
        shownSince.put(alert.id(), shown);
        alertsByCase.computeIfAbsent(currentCase, _ -> new ArrayList<>()).add(alert.id());
        lastAlertAt = created;
        return alert;
    }

    private void analystChanges(@Nullable Verdict verdict, @Nullable String comment) {
        var stamp = clock;
        var alerts = List.copyOf(alertsByCase.getOrDefault(MAIN, List.of()));
        var triage = new Triage(stamp, analyst, verdict, comment);
        happens(stamp, alerts, (portal, shown) -> portal.triage(caseName(MAIN), alerts, triage, shown));
    }

    /** A change cannot be seen before the alerts that it changes. */
    private void happens(Instant stamp, List<String> alerts, Change change) {
        var shown = stamp.plus(pace.minutes(0.05));
        for (var alert : alerts) {
            var since = shownSince.get(alert);
            if (since != null && !since.isBefore(shown)) {
                shown = since.plusMillis(10);
            }
        }
        var shownAt = shown;
        alerts.forEach(alert -> shownSince.put(alert, shownAt));
        moments.add(new PortalChange(shownAt, portal -> change.make(portal, shownAt)));
    }

    private interface Change {
        void make(Portal portal, Instant shownAt);
    }

    private List<String> allAlerts() {
        return alertsByCase.values().stream().flatMap(List::stream).toList();
    }

    private Duration lateness() {
        return random.between(
                pace.lateBy().dividedBy(2), pace.lateBy().multipliedBy(3).dividedBy(2));
    }

    private String caseName(String part) {
        return name + " " + part;
    }

    private Map<String, @Nullable Object> row(ActivityRecord trace, Instant at) {
        var row = trace.columns();
        row.computeIfPresent("Port", (_, _) -> (long) random.between(49_152, 65_535));
        row.put("Timestamp", at);
        row.put("ReportId", "%s_%d_%d_20940".formatted(random.guid(), 108_408_875, at.toEpochMilli()));
        return Map.copyOf(row);
    }
}
