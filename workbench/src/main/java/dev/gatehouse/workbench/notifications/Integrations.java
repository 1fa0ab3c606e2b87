package dev.gatehouse.workbench.notifications;

import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.workbench.notifications.Integration.Address;
import dev.gatehouse.workbench.notifications.Integration.Status;
import dev.gatehouse.workbench.notifications.NotificationHistory.Line;
import dev.gatehouse.workbench.notifications.NotificationHistory.Subject;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.HistoryEntry;
import dev.gatehouse.workbench.people.HistoryEntry.Action;
import dev.gatehouse.workbench.people.HistoryEntry.Change;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.people.Trace;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.NamedList;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Slice;
import dev.gatehouse.workbench.platform.secrets.Opened;
import dev.gatehouse.workbench.platform.secrets.Vault;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The integrations of organizations, and of the provider: adding, changing, removing and testing them. A secret goes in and is shown
 * once, if we have made it; after that only deliveries open it.
 */
@Component
public class Integrations {

    /** An organization has at most so many. */
    static final int MOST = 100;

    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_SECRET = 2_000;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient database;
    private final Vault vault;
    private final HttpSender sender;
    private final Organizations organizations;
    private final NotificationHistory history;
    private final Fence fence;
    private final InstantSource clock;

    Integrations(
            JdbcClient database,
            Vault vault,
            HttpSender sender,
            Organizations organizations,
            NotificationHistory history,
            Fence fence,
            InstantSource clock) {
        this.database = database;
        this.vault = vault;
        this.sender = sender;
        this.organizations = organizations;
        this.history = history;
        this.fence = fence;
        this.clock = clock;
    }

    private static final String OF = "i.organization_id";

    private static final String SELECT = """
            select i.*, o.name as organization_name
            from integration i left join organization o on o.id = i.organization_id
            where {scope}
            """;

    private static final String NAMED = " and i.name ilike :pattern";

    /**
     * Those with a text in their name, by name.
     *
     * @param text empty for all
     * @param offset how many to skip
     */
    public Slice<Integration> list(Scope scope, String text, int offset, int limit) {
        return NamedList.part(
                sql -> scope.organizations(database, sql, OF),
                SELECT + NAMED + " order by lower(i.name), i.id limit :limit offset :offset",
                "select count(*) from integration i where {scope}" + NAMED,
                text,
                offset,
                limit,
                (row, number) -> integration(row));
    }

    /**
     * Those that rules of an organization can name, by name.
     *
     * @param organization empty for the provider
     */
    public List<Integration> of(Scope scope, Optional<UUID> organization) {
        return scope.organizations(
                        database,
                        SELECT
                                + " and i.organization_id is not distinct from :organization::uuid order by lower(i.name), i.id",
                        OF)
                .param("organization", organization.map(UUID::toString).orElse(null))
                .query((row, number) -> integration(row))
                .list();
    }

    private static final String NAMES = "select i.id, i.name from integration i where i.id = any (:ids) and {scope}";

    /** What the integrations among some destinations are called, by {@link Destination#key()}; only those that somebody may see. */
    public Map<String, String> names(Scope scope, Collection<Destination> destinations) {
        var ids = destinations.stream()
                .flatMap(to -> to instanceof Destination.ToIntegration(var id) ? Stream.of(id) : Stream.empty())
                .distinct()
                .toArray(UUID[]::new);
        var names = new HashMap<String, String>();
        scope.organizations(database, NAMES, OF).param("ids", ids).query(row -> {
            var destination = new Destination.ToIntegration(row.getObject("id", UUID.class));
            names.put(destination.key(), row.getString("name"));
        });
        return names;
    }

    /** One that somebody may see. */
    public Optional<Integration> find(Scope scope, UUID id) {
        return scope.organizations(database, SELECT + " and i.id = :id", OF)
                .param("id", id)
                .query((row, number) -> integration(row))
                .optional();
    }

    /** What was done to one, the last first; at most 200 entries. */
    public List<HistoryEntry> history(Scope scope, UUID id) {
        return history.of(scope, id);
    }

    /**
     * An integration that was added.
     *
     * @param integration as it is
     * @param made its secret, when we have made it: shown once, and never again
     */
    public record Added(Integration integration, Optional<ClientSecret> made) {}

    private static final String INSERT = """
            insert into integration (id, organization_id, integration_type, name, url, auth_type, username, secret, status, test_result,
                                     revision, created_at, created_by, created_by_id, updated_at, updated_by, updated_by_id)
            values (:id, :organization, :type, :name, :url, :auth, :username, :secret, 'UNTESTED', '',
                    0, :now, :by, :byId, :now, :by, :byId)
            """;

    /**
     * Adds an integration.
     *
     * @param organization whose it is to be; empty for that of the scope, or for the provider's where all are seen
     * @throws dev.gatehouse.workbench.platform.fields.InvalidFields when something is wrong with the draft
     */
    public Added add(Scope scope, Optional<UUID> organization, IntegrationDraft draft, Actor actor) {
        var whose = Whom.of(scope, organization, organizations);
        var problems = new Problems();
        var name = problems.name(draft.name());
        var type = IntegrationType.named(draft.type());
        if (type.isEmpty()) {
            problems.add("integration_type", "Choose what it is.");
        }
        var auth = type.filter(IntegrationType.WEBHOOK::equals).flatMap(any -> auth(draft, problems));
        var username = username(draft, auth, problems);
        var url = type.map(known -> url(draft, known, problems)).orElse("");
        var isMade = auth.isPresent() && draft.secret().isBlank();
        var secret = isMade ? Optional.of(made()) : type.flatMap(known -> secret(draft.secret(), known, problems));
        if (whose.isPresent() && of(scope, whose).size() >= MOST) {
            problems.add("name", "An organization has at most %d integrations. Remove one first.".formatted(MOST));
        }
        problems.require();
        var id = UUID.randomUUID();
        var sealed = vault.seal(secret.orElseThrow(), id);
        var now = now();
        var added = fence.write(() -> {
            database.sql(INSERT)
                    .param("id", id)
                    .param("organization", whose.orElse(null), Types.OTHER)
                    .param("type", type.orElseThrow().key())
                    .param("name", Columns.text(name))
                    .param("url", url)
                    .param("auth", auth.map(WebhookAuth::name).orElse(null), Types.VARCHAR)
                    .param("username", username)
                    .param("secret", sealed)
                    .param("now", Columns.timestamp(now))
                    .param("by", Columns.text(actor.name()))
                    .param("byId", actor.id().orElse(null), Types.OTHER)
                    .update();
            var inserted = require(scope, id);
            remember(inserted, now, Action.CREATED, actor, changes(Optional.empty(), Optional.of(inserted)));
            return inserted;
        });
        return new Added(added, secret.filter(any -> isMade));
    }

    /** What an integration is to people became another. */
    private static List<Change> changes(Optional<Integration> from, Optional<Integration> to) {
        var changes = new ArrayList<Change>();
        add(changes, "integration_type", from, to, one -> one.type().key());
        add(changes, "service_name", from, to, Integration::name);
        add(changes, "url", from, to, one -> one.address().url());
        add(changes, "auth_type", from, to, one -> one.address()
                .auth()
                .map(WebhookAuth::name)
                .orElse(""));
        add(changes, "username", from, to, one -> one.address().username());
        return changes;
    }

    private static void add(
            List<Change> changes,
            String field,
            Optional<Integration> from,
            Optional<Integration> to,
            Function<Integration, String> value) {
        Change.add(changes, field, from.map(value), to.map(value));
    }

    /** In the transaction that does it. */
    private void remember(Integration one, Instant at, Action action, Actor actor, List<Change> changes) {
        history.remember(List.of(new Line(
                Subject.INTEGRATION,
                one.id(),
                one.owner().organization(),
                new HistoryEntry(at, action, actor, one.revision(), changes))));
    }

    private static final String UPDATE = """
            update integration set name = :name, url = :url, secret = coalesce(:secret, secret),
                status = case when url = :url and :secret::bytea is null then status else 'UNTESTED' end,
                test_result = case when url = :url and :secret::bytea is null then test_result else '' end,
                revision = revision + 1, updated_at = :now, updated_by = :by, updated_by_id = :byId
            where id = :id and revision = :revision
            """;

    /**
     * Changes the name, the address and the secret of an integration. What it is, and how a webhook's requests are told to be ours,
     * cannot become another.
     *
     * @param revision of what they looked at
     * @throws dev.gatehouse.workbench.platform.fields.InvalidFields when something is wrong with the draft
     * @throws NoSuchNotification when there is none that they may change
     * @throws NotificationChangedMeanwhile when it has changed since they looked
     */
    public Integration change(Scope scope, UUID id, int revision, IntegrationDraft draft, Actor actor) {
        var before = require(scope, id);
        var problems = new Problems();
        var name = problems.name(draft.name());
        if (!draft.type().isBlank() && !draft.type().equals(before.type().key())) {
            problems.add("integration_type", "What it is cannot be changed. Add another one.");
        }
        if (!draft.auth().isBlank()
                && !draft.auth()
                        .equals(before.address().auth().map(WebhookAuth::name).orElse(""))) {
            problems.add("auth_type", "The auth type cannot be changed. Add another webhook.");
        }
        var url = url(draft, before.type(), problems);
        var secret = draft.secret().isBlank()
                ? Optional.<ClientSecret>empty()
                : secret(draft.secret(), before.type(), problems);
        if (draft.secret().isBlank() && isSentElsewhere(before.address(), url)) {
            problems.add(
                    "secret",
                    "Enter it again: it would be sent to another host, which is for whoever knows it to decide.");
        }
        problems.require();
        requireSeen(before, revision);
        if (name.equals(before.name()) && url.equals(before.address().url()) && secret.isEmpty()) {
            return before;
        }
        var sealed = secret.map(given -> vault.seal(given, id));
        var now = now();
        return fence.write(() -> {
            var done = database.sql(UPDATE)
                    .param("id", id)
                    .param("revision", revision)
                    .param("name", Columns.text(name))
                    .param("url", url)
                    .param("secret", sealed.orElse(null), Types.BINARY)
                    .param("now", Columns.timestamp(now))
                    .param("by", Columns.text(actor.name()))
                    .param("byId", actor.id().orElse(null), Types.OTHER)
                    .update();
            requireDone(scope, id, done);
            var after = require(scope, id);
            var changes = changes(Optional.of(before), Optional.of(after));
            secret.ifPresent(any -> changes.add(Change.ofSecret("secret")));
            remember(after, now, Action.UPDATED, actor, changes);
            return after;
        });
    }

    /** Whether a secret that nobody can read here would leave for a host that it was not entered for. */
    private static boolean isSentElsewhere(Address before, String url) {
        return before.auth().filter(WebhookAuth.HMAC::equals).isEmpty()
                && !before.url().isEmpty()
                && problemWithUrl(url).isEmpty()
                && !URI.create(url)
                        .getAuthority()
                        .equalsIgnoreCase(URI.create(before.url()).getAuthority());
    }

    private static final String DELETE = "delete from integration where id = :id and revision = :revision";

    private static final String LEADING = """
            select r.id, r.revision, r.destinations from notification_rule r
            where r.destinations @> array[:destination]::text[] and r.organization_id is not distinct from :organization::uuid
            order by r.id for update
            """;

    private static final String FORGET = """
            update notification_rule set destinations = array_remove(destinations, :destination) where id = any (:ids)
            """;

    private static final String GIVE_UP = """
            update notification_delivery
            set status = 'FAILED', claim = null, ended_at = :now,
                log = log || jsonb_build_array(jsonb_build_object('at', :at::text, 'cause', 'The integration was removed.'))
            where destination = :destination and status = 'WAITING'
            """;

    /**
     * Removes an integration. Rules do not lead to it any more, and what waits for it is given up.
     *
     * @param revision of what they looked at
     * @throws NoSuchNotification when there is none that they may remove
     * @throws NotificationChangedMeanwhile when it has changed since they looked
     */
    public void remove(Scope scope, UUID id, int revision, Actor actor) {
        var before = require(scope, id);
        requireSeen(before, revision);
        var now = now();
        fence.run(() -> {
            var done = database.sql(DELETE)
                    .param("id", id)
                    .param("revision", revision)
                    .update();
            requireDone(scope, id, done);
            remember(before, now, Action.DELETED, actor, changes(Optional.of(before), Optional.empty()));
            leadNowhere(scope, before, now, actor);
            database.sql(GIVE_UP)
                    .param("destination", before.destination().key())
                    .param("now", Columns.timestamp(now))
                    .param("at", now.toString())
                    .update();
        });
    }

    /** Rules that led to it. */
    private record Leading(UUID id, int revision, List<String> destinations) {}

    /** Takes one that was removed out of the rules that led to it. */
    private void leadNowhere(Scope scope, Integration removed, Instant now, Actor actor) {
        var key = removed.destination().key();
        var owner = removed.owner().organization();
        var rules = database.sql(LEADING)
                .param("destination", key)
                .param("organization", owner.map(UUID::toString).orElse(null), Types.VARCHAR)
                .query((row, number) -> new Leading(
                        row.getObject("id", UUID.class), row.getInt("revision"), Columns.texts(row, "destinations")))
                .list();
        if (rules.isEmpty()) {
            return;
        }
        database.sql(FORGET)
                .param("destination", key)
                .param("ids", rules.stream().map(Leading::id).toArray(UUID[]::new))
                .update();
        var names = names(
                scope,
                rules.stream()
                        .flatMap(rule -> rule.destinations().stream())
                        .distinct()
                        .flatMap(each -> Destination.of(each).stream())
                        .toList());
        names.put(key, removed.name());
        history.remember(rules.stream()
                .map(rule -> new Line(
                        Subject.RULE,
                        rule.id(),
                        owner,
                        new HistoryEntry(
                                now,
                                Action.UPDATED,
                                actor,
                                rule.revision(),
                                List.of(new Change(
                                        "destinations",
                                        named(rule.destinations().stream(), names),
                                        named(
                                                rule.destinations().stream().filter(each -> !each.equals(key)),
                                                names))))))
                .toList());
    }

    /** Destinations as people call them, by their keys. */
    static String named(Stream<String> keys, Map<String, String> names) {
        return keys.map(key -> names.getOrDefault(key, key)).collect(Collectors.joining(", "));
    }

    private static void requireSeen(Integration present, int revision) {
        if (present.revision() != revision) {
            throw new NotificationChangedMeanwhile(present.trace().updatedBy());
        }
    }

    private void requireDone(Scope scope, UUID id, int rows) {
        if (rows == 0) {
            throw new NotificationChangedMeanwhile(require(scope, id).trace().updatedBy());
        }
    }

    private static final String TESTED = """
            update integration set status = :status, tested_at = :now, test_result = :result where id = :id
            """;

    /**
     * Sends something to an integration and notes what comes of it. Takes as long as the receiver does, some seconds at most.
     *
     * @throws NoSuchNotification when there is none that they may test
     * @throws InterruptedException when the calling thread was asked to stop
     */
    public Integration test(Scope scope, UUID id, Actor actor) throws InterruptedException {
        var integration = require(scope, id);
        var receipt = deliver(id, trial(integration, actor, false));
        if (receipt instanceof Receipt.Taken
                && (integration.type() == IntegrationType.PAGERDUTY
                        || integration.type() == IntegrationType.OPS_GENIE)) {
            // Whoever is on call need not do anything about it.
            receipt = deliver(id, trial(integration, actor, true));
        }
        return tested(scope, integration, receipt, actor);
    }

    private Integration tested(Scope scope, Integration before, Receipt receipt, Actor actor) {
        var isGood = receipt instanceof Receipt.Taken;
        var now = now();
        return fence.write(() -> {
            database.sql(TESTED)
                    .param("id", before.id())
                    .param("status", (isGood ? Status.TEST_SUCCESS : Status.TEST_FAIL).name())
                    .param("now", Columns.timestamp(now))
                    .param(
                            "result",
                            Columns.text(
                                    isGood
                                            ? "The receiver answered %d."
                                                    .formatted(receipt.status().orElse(200))
                                            : receipt.cause()))
                    .update();
            var after = require(scope, before.id());
            var changes = new ArrayList<Change>();
            add(changes, "status", Optional.of(before), Optional.of(after), one -> one.test()
                    .status()
                    .name());
            add(changes, "test_result", Optional.of(before), Optional.of(after), one -> one.test()
                    .result());
            remember(after, now, Action.TESTED, actor, changes);
            return after;
        });
    }

    private Message trial(Integration integration, Actor actor, boolean isEnd) {
        var data = JsonNodeFactory.instance
                .objectNode()
                .put("change_action", "TEST")
                .put("changed_at", now().toString());
        data.putObject("organization")
                .put(
                        "id",
                        integration.owner().organization().map(UUID::toString).orElse(null))
                .put("name", integration.owner().name());
        return new Message(
                UUID.randomUUID(),
                "Test connection",
                isEnd ? EventName.EXPEL_ALERT_CLOSED.key() : "test",
                now(),
                integration.id(),
                "%s tests the connection of Gatehouse with “%s”.".formatted(actor.name(), integration.name()),
                data);
    }

    private static final String SEALED = "select i.*, o.name as organization_name from integration i"
            + " left join organization o on o.id = i.organization_id where i.id = :id";

    @SuppressWarnings("ArrayRecordComponent") // Nobody compares it.
    private record Sealed(Integration integration, byte[] secret) {}

    /**
     * Brings a message to an integration, once.
     *
     * @throws InterruptedException when the calling thread was asked to stop
     */
    Receipt deliver(UUID id, Message message) throws InterruptedException {
        var sealed = database.sql(SEALED)
                .param("id", id)
                .query((row, number) -> new Sealed(integration(row), row.getBytes("secret")))
                .optional();
        if (sealed.isEmpty()) {
            return new Receipt.RefusedForGood(OptionalInt.empty(), "The integration was removed.");
        }
        return switch (vault.open(sealed.get().secret(), id)) {
            case Opened.Plain(var credential) ->
                sender.send(Requests.of(sealed.get().integration(), new ClientSecret(credential.reveal()), message));
            case Opened.Locked(var cause, var cure) ->
                new Receipt.Refused(
                        OptionalInt.empty(),
                        "The integration's secret cannot be opened. %s Put the key file back, or enter the secret again."
                                .formatted(cause));
        };
    }

    private Integration require(Scope scope, UUID id) {
        return find(scope, id).orElseThrow(() -> new NoSuchNotification(id));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    // What was typed

    private static Optional<WebhookAuth> auth(IntegrationDraft draft, Problems problems) {
        var auth = Arrays.stream(WebhookAuth.values())
                .filter(each -> each.name().equals(draft.auth()))
                .findFirst();
        if (auth.isEmpty()) {
            problems.add("auth_type", "Choose how the receiver is to know that a request is ours.");
        }
        return auth;
    }

    private static String username(IntegrationDraft draft, Optional<WebhookAuth> auth, Problems problems) {
        if (auth.filter(WebhookAuth.BASIC::equals).isEmpty()) {
            return "";
        }
        var name = draft.username().strip();
        if (name.isEmpty() || name.length() > Problems.LONGEST_NAME || name.contains(":") || !isVisible(name)) {
            problems.add("username", "Enter a user name of visible characters, without a colon.");
        }
        return name;
    }

    private static String url(IntegrationDraft draft, IntegrationType type, Problems problems) {
        if (type.isSecretAddress()) {
            return "";
        }
        var typed = draft.url().isBlank() ? type.usualUrl() : draft.url().strip();
        problemWithUrl(typed).ifPresent(problem -> problems.add("url", problem));
        return typed;
    }

    private static Optional<String> problemWithUrl(String typed) {
        try {
            var uri = new URI(typed);
            if (!"https".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
                return Optional.of(
                        "Enter an address that begins with https://, for example https://hooks.example.com/gatehouse.");
            }
            if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
                return Optional.of(
                        "The address must hold no user name, no password and no #. Choose Basic Auth for these.");
            }
            return typed.length() > LONGEST_URL
                    ? Optional.of("This is too long. Use at most %,d characters.".formatted(LONGEST_URL))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.of("This is no address. Enter one like https://hooks.example.com/gatehouse.");
        }
    }

    private static Optional<ClientSecret> secret(String typed, IntegrationType type, Problems problems) {
        var text = typed.strip();
        if (text.isEmpty()) {
            problems.add("secret", "%s is missing.".formatted(type.secretIs()));
            return Optional.empty();
        }
        if (text.length() > LONGEST_SECRET || !isVisible(text)) {
            problems.add(
                    "secret", "Use at most %,d visible characters of ASCII, without blanks.".formatted(LONGEST_SECRET));
            return Optional.empty();
        }
        if (type.isSecretAddress()) {
            var problem = problemWithUrl(text);
            problem.ifPresent(found -> problems.add("secret", found));
            return problem.isPresent() ? Optional.empty() : Optional.of(new ClientSecret(text));
        }
        return Optional.of(new ClientSecret(text));
    }

    private static boolean isVisible(String text) {
        return text.chars().allMatch(character -> character > ' ' && character <= '~');
    }

    private static ClientSecret made() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new ClientSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static Integration integration(ResultSet row) throws SQLException {
        return new Integration(
                row.getObject("id", UUID.class),
                owner(row),
                IntegrationType.named(row.getString("integration_type")).orElseThrow(),
                row.getString("name"),
                new Address(
                        row.getString("url"),
                        Optional.ofNullable(row.getString("auth_type")).map(WebhookAuth::valueOf),
                        row.getString("username")),
                new Integration.Test(
                        Status.valueOf(row.getString("status")),
                        Columns.optionalInstant(row, "tested_at"),
                        row.getString("test_result")),
                row.getInt("revision"),
                Trace.of(row));
    }

    static Owner owner(ResultSet row) throws SQLException {
        var organization = Optional.ofNullable(row.getObject("organization_id", UUID.class));
        return new Owner(
                organization,
                organization.isEmpty()
                        ? Whom.PROVIDER
                        : Optional.ofNullable(row.getString("organization_name"))
                                .orElse(""));
    }
}
