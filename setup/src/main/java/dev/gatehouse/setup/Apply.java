package dev.gatehouse.setup;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.setup.Journal.Deed;
import dev.gatehouse.setup.Journal.Entry;
import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.Refusal;
import dev.gatehouse.setup.directory.ServicePrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a tenant as it should be, part by part. Every part is looked at again right before it is written, so that a run
 * may follow upon an interrupted one, or upon somebody's work by hand, and makes nothing twice.
 *
 * <p>How a part is made, in {@link #make}: look; if it is as it should be, done. Otherwise write the intention into the
 * journal, give the order, write the result into the journal. When the order's fate is unclear, or Microsoft says that
 * the thing exists already or that something it needs does not exist yet, wait a little and look again.
 */
public final class Apply {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Directory directory;
    private final Cloud cloud;
    private final Desired desired;
    private final Journals journals;
    private final Optional<SecretKeeper> keeper;
    private final Patience patience;
    private final Progress progress;
    private final TenantReader reader;
    private final Keys keys;
    private final Trial trial;

    private Journal journal;
    private @Nullable String guestId;
    private @Nullable Application application;
    private @Nullable ServicePrincipal principal;
    private boolean isConsented;

    /**
     * Prepares a run; nothing happens yet.
     *
     * @param directory the tenant, as an administrator
     * @param cloud where the tenant lives
     * @param desired how it should be
     * @param journals where to note what is done
     * @param keeper who takes a new secret; without one no secret is made, because nobody could ever read it
     * @param proof tries a new secret or certificate before the device goes over to it from another
     * @param patience how long to wait for replication
     * @param progress who is told
     */
    public Apply(
            Directory directory,
            Cloud cloud,
            Desired desired,
            Journals journals,
            Optional<SecretKeeper> keeper,
            Proof proof,
            Patience patience,
            Progress progress) {
        this.directory = directory;
        this.cloud = cloud;
        this.desired = desired;
        this.journals = journals;
        this.keeper = keeper;
        this.patience = patience;
        this.progress = progress;
        this.reader = new TenantReader(directory, patience.clock());
        this.keys = new Keys(directory, patience);
        this.trial = new Trial(proof, patience);
        this.journal = journals.load(desired.tenant());
    }

    /**
     * Carries a plan out, as far as the administrator may.
     *
     * @return how each part ended
     * @throws AmbiguousApplication when it takes a person to say which app registration is meant
     */
    public Applied run(Plan plan) throws InterruptedException {
        var outcomes = new ArrayList<Outcome>();
        for (var step : plan.steps()) {
            progress.begins(step.part());
            var outcome = carryOut(step, plan);
            progress.ends(outcome);
            isConsented |= step.part() == Part.CONSENT && outcome.isGood();
            outcomes.add(outcome);
        }
        return new Applied(outcomes, Optional.ofNullable(application).map(app -> ApplicationId.parse(app.appId())));
    }

    private Outcome carryOut(Step step, Plan plan) throws InterruptedException {
        try {
            if (step.isBlocked()) {
                remember(step.part());
                return new Outcome.Blocked(step.part(), step.missingRoles());
            }
            return switch (step.part()) {
                case GUEST -> make(Part.GUEST, this::lookAtGuest);
                case ROLE -> make(Part.ROLE, this::lookAtRole);
                case PARTNER -> make(Part.PARTNER, this::lookAtPartner);
                case APPLICATION -> make(Part.APPLICATION, () -> lookAtApplication(plan.present()));
                case SERVICE_PRINCIPAL -> make(Part.SERVICE_PRINCIPAL, this::lookAtServicePrincipal);
                case CONSENT -> consent(plan.present());
                case DELEGATED_CONSENT -> make(Part.DELEGATED_CONSENT, () -> lookAtDelegatedConsent(plan.present()));
                case OWNER -> make(Part.OWNER, this::lookAtOwner);
                case SECRET -> secret();
            };
        } catch (Refusal refusal) {
            return new Outcome.Refused(step.part(), refusal.reason().sentence());
        } catch (Needed needed) {
            return new Outcome.Waiting(step.part(), needed.part);
        } catch (NoKeeper e) {
            return new Outcome.Refused(step.part(), e.reason);
        }
    }

    /** Later parts may need what somebody else made of a part that this administrator may not touch. */
    private void remember(Part part) throws InterruptedException {
        switch (part) {
            case GUEST ->
                guestId = directory
                        .guest(desired.guestMail())
                        .map(guest -> guest.id())
                        .orElse(null);
            case APPLICATION ->
                application = reader.application(desired, journal).orElse(null);
            case SERVICE_PRINCIPAL -> {
                if (application != null) {
                    principal = directory.servicePrincipal(application.appId()).orElse(null);
                }
            }
            case ROLE, PARTNER, CONSENT, DELEGATED_CONSENT, OWNER, SECRET -> {}
        }
    }

    // ---- The one loop ------------------------------------------------------------------------------------------

    /** Looks at a part. */
    private interface Look {
        Sight look() throws InterruptedException;
    }

    /** What a look at a part can show. */
    private sealed interface Sight {}

    /**
     * As it should be.
     *
     * @param name what the journal calls the thing
     * @param id Microsoft's id of it
     */
    private record Good(String name, String id) implements Sight {}

    /**
     * Not as it should be.
     *
     * @param intention what the order will do, for the journal
     * @param isSafeToRepeat whether giving the order twice makes nothing twice
     * @param order what to do; gives Microsoft's id of the thing
     */
    private record Bad(Entry intention, boolean isSafeToRepeat, Order order) implements Sight {}

    /** Something that Microsoft is asked to do. */
    private interface Order {
        String give() throws InterruptedException;
    }

    private Outcome make(Part part, Look look) throws InterruptedException {
        var wait = patience.begin();
        while (true) {
            try {
                switch (look.look()) {
                    case Good good -> {
                        return finishInterrupted(part, good).orElse(new Outcome.Kept(part));
                    }
                    case Bad bad -> {
                        if (bad.isSafeToRepeat() || !mayStillAppear(bad.intention()) || !wait.again()) {
                            return carryOut(bad);
                        }
                        progress.waits(part, "an earlier order may have made it; looking whether it appears");
                    }
                }
            } catch (Refusal refusal) {
                var reason = refusal.reason();
                var pause = reason.retryAfter().orElse(Duration.ZERO);
                if (!mayPass(part, reason) || !wait.again(pause)) {
                    return new Outcome.Refused(part, reason.sentence());
                }
                progress.waits(part, reason.sentence());
            }
        }
    }

    private Outcome carryOut(Bad bad) throws InterruptedException {
        var intention = bad.intention();
        var earlier = journal.intention(intention.part(), intention.name());
        save(journal.intending(intention));
        String id;
        try {
            id = bad.order().give();
        } catch (Refusal refusal) {
            if (!refusal.reason().isUnclear()) {
                // Nothing was done now. If it exists all the same, an earlier order of unclear fate may have made it.
                var isEarlierOnes = refusal.reason().isConflict() && earlier.isPresent();
                save(isEarlierOnes ? journal.intending(earlier.get()) : journal.withoutIntention(intention));
            }
            throw refusal;
        }
        save(journal.without(entry ->
                        entry.part() == intention.part() && entry.id().equals(id) && entry.deed() == Deed.CREATED)
                .done(intention.withId(id)));
        return made(intention);
    }

    private static Outcome made(Entry entry) {
        return new Outcome.Made(
                entry.part(), entry.deed() == Deed.CHANGED ? Action.CHANGE : Action.CREATE, entry.name());
    }

    /** When an earlier run, or an earlier try, was about to make what is now there, then it is ours. */
    private Optional<Outcome> finishInterrupted(Part part, Good good) {
        var open = journal.intention(part, good.name());
        open.ifPresent(entry -> save(journal.done(entry.withId(good.id()))));
        return open.map(Apply::made);
    }

    /** Whether something that cannot be seen may have been made already: by an order of unclear fate, or very lately. */
    private boolean mayStillAppear(Entry intention) {
        return Stream.concat(
                        journal.intentions().stream(),
                        journal.of(intention.part()).filter(entry -> entry.deed() == Deed.CREATED))
                .filter(entry -> entry.isFor(intention.part(), intention.name()))
                .anyMatch(
                        entry -> patience.clock().instant().isBefore(entry.at().plus(patience.limit())));
    }

    /** Whether waiting can help. Only what the contract names as a matter of replication, and what Microsoft is too busy for. */
    private static boolean mayPass(Part part, Refusal.Reason reason) {
        if (reason.isThrottled() || reason.isUnclear() || reason.isConflict()) {
            return true;
        }
        return switch (part) {
            case GUEST, PARTNER -> false;
            case ROLE, APPLICATION, CONSENT, DELEGATED_CONSENT, OWNER, SECRET -> reason.isNotFound();
            case SERVICE_PRINCIPAL ->
                reason.isNotFound()
                        // The fresh app registration has not reached the server that answered.
                        || reason.message().contains("does not reference a valid application object")
                        || reason.message().contains("backing application of the service principal");
        };
    }

    private void save(Journal changed) {
        if (!changed.equals(journal)) {
            journals.save(changed);
            journal = changed;
        }
    }

    private Entry intention(Part part, String name, Deed deed) {
        return intention(part, name, deed, JSON.createObjectNode());
    }

    private Entry intention(Part part, String name, Deed deed, ObjectNode before) {
        return new Entry(part, name, "", deed, patience.clock().instant(), before);
    }

    // ---- Step 1 of the guide -----------------------------------------------------------------------------------

    private Sight lookAtGuest() throws InterruptedException {
        var found = directory.guest(desired.guestMail());
        var profile = desired.profile().guest();
        if (found.isEmpty()) {
            return new Bad(intention(Part.GUEST, desired.guestMail(), Deed.CREATED), true, () -> {
                guestId = directory.invite(desired.guestMail(), profile.displayName(), desired.guestLandsAt());
                return guestId;
            });
        }
        var guest = found.get();
        guestId = guest.id();
        var before = JSON.createObjectNode();
        var fields = JSON.createObjectNode();
        if (!guest.displayName().equals(profile.displayName())) {
            before.put("displayName", guest.displayName());
            fields.put("displayName", profile.displayName());
        }
        if (!guest.enabled()) {
            before.put("accountEnabled", false);
            fields.put("accountEnabled", true);
        }
        if (fields.isEmpty()) {
            return new Good(desired.guestMail(), guest.id());
        }
        return new Bad(intention(Part.GUEST, desired.guestMail(), Deed.CHANGED, before), true, () -> {
            directory.changeUser(guest.id(), fields);
            return guest.id();
        });
    }

    private Sight lookAtRole() throws InterruptedException {
        var guest = needed(guestId, Part.GUEST);
        var role = desired.profile().guest().role();
        var assigned = directory.roleAssignment(guest, role.templateId());
        return assigned.isPresent()
                ? new Good(role.title(), assigned.get())
                : new Bad(
                        intention(Part.ROLE, role.title(), Deed.CREATED),
                        true,
                        () -> directory.assignRole(guest, role.templateId()));
    }

    private Sight lookAtPartner() throws InterruptedException {
        var id = desired.profile().tenantId();
        var found = directory.partner(id);
        if (found.isEmpty()) {
            return new Bad(intention(Part.PARTNER, desired.profile().provider(), Deed.CREATED), true, () -> {
                var partner = JSON.createObjectNode().put("tenantId", id.toString());
                partner.setAll(merged(Optional.empty()));
                directory.createPartner(partner);
                return id.toString();
            });
        }
        var partner = found.get();
        var changes = merged(found);
        if (changes.isEmpty()) {
            return new Good(desired.profile().provider(), id.toString());
        }
        var before = JSON.createObjectNode();
        changes.propertyNames().forEach(name -> before.set(name, partner.get(name)));
        return new Bad(intention(Part.PARTNER, desired.profile().provider(), Deed.CHANGED, before), true, () -> {
            directory.changePartner(id, changes);
            return id.toString();
        });
    }

    /**
     * The groups of settings that have to be sent, whole, because Graph replaces a group as a whole. What the customer set
     * beside ours in the same group stays; other groups are not sent at all.
     */
    private ObjectNode merged(Optional<ObjectNode> partner) {
        var trust = desired.profile().trust();
        var changes = JSON.createObjectNode();
        switchOn(changes, partner, "inboundTrust", "isMfaAccepted", trust.multifactorAuthentication());
        switchOn(changes, partner, "inboundTrust", "isCompliantDeviceAccepted", trust.compliantDevices());
        switchOn(changes, partner, "inboundTrust", "isHybridAzureADJoinedDeviceAccepted", trust.hybridJoinedDevices());
        switchOn(changes, partner, "automaticUserConsentSettings", "inboundAllowed", trust.automaticRedemption());
        return changes;
    }

    private static void switchOn(
            ObjectNode changes, Optional<ObjectNode> partner, String group, String field, boolean wanted) {
        var present = partner.map(node -> node.path(group));
        var isOn = present.filter(node -> node.path(field).asBoolean(false)).isPresent();
        if (!wanted || isOn) {
            return;
        }
        var changed = changes.get(group) instanceof ObjectNode begun
                ? begun
                : present.filter(ObjectNode.class::isInstance)
                        .map(node -> ((ObjectNode) node).deepCopy())
                        .orElseGet(JSON::createObjectNode);
        changed.put(field, true);
        changes.set(group, changed);
    }

    // ---- Step 2 of the guide -----------------------------------------------------------------------------------

    private Sight lookAtApplication(Present seen) throws InterruptedException {
        var profile = desired.profile().application();
        var found = reader.application(desired, journal);
        if (found.isEmpty()) {
            return new Bad(intention(Part.APPLICATION, profile.displayName(), Deed.CREATED), false, () -> {
                var wanted = JSON.createObjectNode()
                        .put("displayName", profile.displayName())
                        .put("signInAudience", Planner.ONLY_THIS_DIRECTORY);
                wanted.putArray("tags").add(Desired.TAG);
                wanted.set("requiredResourceAccess", RequiredAccess.merged(desired, seen, Optional.empty()));
                return use(directory.createApplication(wanted));
            });
        }
        var present = found.get();
        use(present);
        var before = JSON.createObjectNode();
        var fields = JSON.createObjectNode();
        if (desired.adopted().isEmpty() && !present.signInAudience().equals(Planner.ONLY_THIS_DIRECTORY)) {
            before.put("signInAudience", present.signInAudience());
            fields.put("signInAudience", Planner.ONLY_THIS_DIRECTORY);
        }
        if (RequiredAccess.isIncomplete(desired, seen, present)) {
            before.set("requiredResourceAccess", present.requiredResourceAccess());
            fields.set("requiredResourceAccess", RequiredAccess.merged(desired, seen, found));
        }
        if (fields.isEmpty()) {
            return new Good(present.displayName(), present.id());
        }
        return new Bad(intention(Part.APPLICATION, present.displayName(), Deed.CHANGED, before), true, () -> {
            directory.changeApplication(present.id(), fields);
            return present.id();
        });
    }

    private String use(Application chosen) {
        application = chosen;
        save(journal.using(chosen.id()));
        return chosen.id();
    }

    private Sight lookAtServicePrincipal() throws InterruptedException {
        var app = needed(application, Part.APPLICATION);
        var found = directory.servicePrincipal(app.appId());
        if (found.isEmpty()) {
            return new Bad(intention(Part.SERVICE_PRINCIPAL, app.displayName(), Deed.CREATED), true, () -> {
                principal = directory.createServicePrincipal(app.appId());
                return principal.id();
            });
        }
        var present = found.get();
        principal = present;
        if (present.enabled()) {
            return new Good(app.displayName(), present.id());
        }
        var before = JSON.createObjectNode().put("accountEnabled", false);
        return new Bad(intention(Part.SERVICE_PRINCIPAL, app.displayName(), Deed.CHANGED, before), true, () -> {
            directory.changeServicePrincipal(
                    present.id(), JSON.createObjectNode().put("accountEnabled", true));
            return present.id();
        });
    }

    /** One grant for each permission, so that each is journaled by itself. */
    private Outcome consent(Present seen) throws InterruptedException {
        var made = new ArrayList<String>();
        for (var permission : desired.profile().application().applicationPermissions()) {
            switch (make(Part.CONSENT, () -> lookAtConsent(seen, permission))) {
                case Outcome.Made one -> made.add(one.what());
                case Outcome.Kept _, Outcome.Undone _ -> {}
                case Outcome.Blocked blocked -> {
                    return blocked;
                }
                case Outcome.Waiting waiting -> {
                    return waiting;
                }
                case Outcome.Refused refused -> {
                    return refused;
                }
            }
        }
        return made.isEmpty()
                ? new Outcome.Kept(Part.CONSENT)
                : new Outcome.Made(Part.CONSENT, Action.CREATE, String.join(", ", made));
    }

    private Sight lookAtConsent(Present seen, String permission) throws InterruptedException {
        var client = needed(principal, Part.SERVICE_PRINCIPAL);
        var roleId = Planner.roleId(seen, permission);
        var granted = directory.grantedRoles(client.id(), seen.graph().id());
        if (granted.containsKey(roleId)) {
            return new Good(permission, granted.getOrDefault(roleId, ""));
        }
        return new Bad(
                intention(Part.CONSENT, permission, Deed.CREATED),
                true,
                () -> directory.grantRole(client.id(), seen.graph().id(), roleId));
    }

    private Sight lookAtDelegatedConsent(Present seen) throws InterruptedException {
        var client = needed(principal, Part.SERVICE_PRINCIPAL);
        var wanted = desired.profile().application().delegatedPermissions();
        var name = String.join(" ", wanted);
        var found = directory.delegatedGrant(client.id(), seen.graph().id());
        if (found.isEmpty()) {
            return new Bad(
                    intention(Part.DELEGATED_CONSENT, name, Deed.CREATED),
                    true,
                    () -> directory.grantDelegated(client.id(), seen.graph().id(), wanted));
        }
        var grant = found.get();
        if (grant.scopes().containsAll(wanted)) {
            return new Good(name, grant.id());
        }
        var before = JSON.createObjectNode().put("scope", String.join(" ", grant.scopes()));
        var all = new LinkedHashSet<>(grant.scopes());
        all.addAll(wanted);
        return new Bad(intention(Part.DELEGATED_CONSENT, name, Deed.CHANGED, before), true, () -> {
            directory.changeDelegatedGrant(grant.id(), all);
            return grant.id();
        });
    }

    private Sight lookAtOwner() throws InterruptedException {
        var app = needed(application, Part.APPLICATION);
        var itself = needed(principal, Part.SERVICE_PRINCIPAL);
        if (directory.owners(app.id()).contains(itself.id())) {
            return new Good(app.displayName(), itself.id());
        }
        return new Bad(intention(Part.OWNER, app.displayName(), Deed.CREATED), true, () -> {
            directory.addOwner(app.id(), itself.id());
            return itself.id();
        });
    }

    // ---- The secret --------------------------------------------------------------------------------------------

    private Outcome secret() throws InterruptedException {
        var outcome = make(Part.SECRET, this::lookAtSecret);
        removeSuperseded();
        return outcome;
    }

    /**
     * A secret that was made and perhaps not put away is as good as lost, because its Value stood in one answer only. It
     * is replaced, and removed after that: should it have been put away after all, nothing stops working meanwhile.
     */
    private Sight lookAtSecret() throws InterruptedException {
        var app = currentApplication();
        save(journal.notingStrays(app));
        removeSuperseded();
        var lost = lostSecrets();
        var now = patience.clock().instant();
        var profile = desired.profile().application();
        var usable = app.keys().stream()
                .filter(profile::accepts)
                .filter(key -> key.isValidAt(now))
                .filter(key -> lost.stream().noneMatch(entry -> entry.id().equals(key.keyId())))
                .toList();
        var mustReplace = !lost.isEmpty() && keeper.isPresent();
        if (!usable.isEmpty() && !desired.secretWanted() && !mustReplace) {
            return new Good("", usable.getFirst().keyId());
        }
        if (keeper.isEmpty()) {
            throw new NoKeeper();
        }
        var intention = Keys.intention(app, profile.secretDescription(), Deed.STORED, now, profile.usesCertificate());
        return new Bad(intention, false, () -> addAndKeep(app, intention, keeper.get()));
    }

    private Application currentApplication() throws InterruptedException {
        var known = needed(application, Part.APPLICATION);
        return directory.applicationObject(known.id()).orElse(known);
    }

    private List<Entry> lostSecrets() {
        return journal.of(Part.SECRET)
                .filter(entry -> entry.deed() == Deed.CREATED)
                .toList();
    }

    private void removeSuperseded() throws InterruptedException {
        var latest = journal.of(Part.SECRET)
                .filter(entry -> entry.deed() == Deed.STORED)
                .map(Entry::at)
                .max(Comparator.naturalOrder());
        for (var entry : lostSecrets()) {
            if (application != null
                    && latest.filter(at -> !at.isBefore(entry.at())).isPresent()) {
                removeSecret(application, entry);
            }
        }
    }

    private void removeSecret(Application app, Entry entry) throws InterruptedException {
        try {
            if (!keys.remove(app.id(), entry.id(), entry.isCertificate(), journal.certificateInUse())) {
                return; // It stands in the journal, and the next run takes it away.
            }
        } catch (Refusal refusal) {
            if (!refusal.reason().isNotFound()) {
                throw refusal;
            }
        }
        save(journal.without(entry::equals));
    }

    /**
     * Why the device had better keep what it has. One that reads with another application goes over when this one reads;
     * one that may have another secret of this application, when Microsoft's servers know the new one.
     */
    private Optional<String> trouble(Application app, Connection connection, SecretKeeper place)
            throws InterruptedException {
        var until = place.application(connection.tenant());
        if (until.isPresent() && !until.get().equals(connection.application())) {
            var why = isConsented
                    ? trial.signsInAndReads(connection)
                    : Optional.of("Nobody has consented to its permissions yet.");
            return why.map(reason ->
                    "%s The security device stays with application %s until then.".formatted(reason, until.get()));
        }
        var now = patience.clock().instant();
        return app.keys().stream().anyMatch(key -> key.isValidAt(now)) ? trial.signsIn(connection) : Optional.empty();
    }

    private String addAndKeep(Application app, Entry intention, SecretKeeper place) throws InterruptedException {
        var lifetime = desired.profile().application().secretLifetime();
        var fresh = keys.make(app.id(), intention, lifetime, journal.certificateInUse());
        var created = intention.as(Deed.CREATED).withId(fresh.keyId());
        save(journal.done(created));
        var connection = new Connection(desired.tenant(), ApplicationId.parse(app.appId()), fresh.credential(), cloud);
        try {
            var trouble = trouble(app, connection, place);
            if (trouble.isPresent()) {
                throw new SecretKeeper.NotKept(trouble.get());
            }
            place.keep(connection, fresh.keyId(), fresh.end());
        } catch (SecretKeeper.NotKept e) {
            removeSecret(app, created);
            throw new NoKeeper("%s The new %s was removed again.".formatted(e.reason(), Keys.word(fresh.credential())));
        }
        return fresh.keyId();
    }

    // ---- Words -------------------------------------------------------------------------------------------------

    private static <T> T needed(@Nullable T thing, Part part) {
        if (thing == null) {
            throw new Needed(part);
        }
        return thing;
    }

    /** Another part is missing. It never leaves this class. */
    private static final class Needed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Part part;

        Needed(Part part) {
            super(part.title(), null, false, false);
            this.part = part;
        }
    }

    /** A new secret cannot be put away. It never leaves this class. */
    private static final class NoKeeper extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String reason;

        NoKeeper() {
            this(
                    "A client secret or certificate is needed, but nobody is there to keep it. Name a Workbench, or ask for it to be printed.");
        }

        NoKeeper(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }
}
