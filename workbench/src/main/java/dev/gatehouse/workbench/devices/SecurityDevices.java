package dev.gatehouse.workbench.devices;

import dev.gatehouse.intake.probe.Check;
import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Credential;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.secrets.Opened;
import dev.gatehouse.workbench.platform.secrets.Vault;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The security devices, their history, and what each connects with. */
@Component
public class SecurityDevices {

    private final JdbcClient database;
    private final Fence fence;
    private final Vault vault;
    private final Clouds clouds;
    private final Feeds feeds;
    private final Organizations organizations;
    private final ConnectionTester tester;
    private final DeviceChecks checks;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    private final Settings settings;
    private final Instant startedAt;

    SecurityDevices(
            JdbcClient database,
            Fence fence,
            Vault vault,
            Clouds clouds,
            Feeds feeds,
            Organizations organizations,
            ConnectionTester tester,
            DeviceChecks checks,
            ApplicationEventPublisher events,
            InstantSource clock,
            Settings settings) {
        this.database = database;
        this.fence = fence;
        this.vault = vault;
        this.clouds = clouds;
        this.feeds = feeds;
        this.organizations = organizations;
        this.tester = tester;
        this.checks = checks;
        this.events = events;
        this.clock = clock;
        this.settings = settings;
        this.startedAt = clock.instant();
    }

    private static final String ALL = """
            select * from security_device where deleted_at is null order by lower(name), id
            """;

    /** All devices that were not removed, by name. */
    public List<SecurityDevice> all() {
        return database.sql(ALL).query((row, number) -> device(row)).list();
    }

    private static final String ONE = "select * from security_device where id = :id and deleted_at is null";

    /** The device with that id, unless it was removed. */
    public Optional<SecurityDevice> find(UUID id) {
        return database.sql(ONE)
                .param("id", id)
                .query((row, number) -> device(row))
                .optional();
    }

    private SecurityDevice require(UUID id) {
        return find(id).orElseThrow(() -> new NoSuchDevice(id));
    }

    /** What is wrong with a draft for a new device; empty when nothing is. */
    public List<FieldProblem> check(DeviceDraft draft) {
        return check(draft, Optional.empty());
    }

    /** What is wrong with a draft for a change of a device; empty when nothing is. */
    public List<FieldProblem> check(UUID edited, DeviceDraft draft) {
        return check(draft, Optional.of(edited));
    }

    private List<FieldProblem> check(DeviceDraft draft, Optional<UUID> edited) {
        var devices = all();
        var present = devices.stream()
                .filter(device -> edited.filter(device.id()::equals).isPresent())
                .findFirst();
        return checks.check(draft, present, ConnectedIds.of(devices, edited));
    }

    private static final String INSERT = """
            insert into security_device (id, name, location, directory_id, application_id, cloud, sealed_secret,
                                         credential, credential_id, credential_expires_at, created_at, updated_at)
            values (:id, :name, :location, :directory, :application, :cloud, :secret, :kind, :key, :expires, :now, :now)
            """;

    /**
     * Adds a device and starts polling it.
     *
     * @param actor who does it, for the history
     * @throws InvalidDevice when something is wrong with the draft
     */
    public SecurityDevice add(DeviceDraft draft, String actor) {
        refuseErrors(check(draft));
        var id = UUID.randomUUID();
        var credential = draft.credential();
        refusingTwins(draft, () -> insert(id, draft, credential, actor));
        events.publishEvent(new DeviceChanged(id));
        return require(id);
    }

    private void insert(UUID id, DeviceDraft draft, Credential credential, String actor) {
        fence.run(() -> {
            claim(draft);
            database.sql(INSERT)
                    .param("id", id)
                    .param("name", draft.text(DeviceField.NAME))
                    .param("location", draft.text(DeviceField.LOCATION))
                    .param(
                            "directory",
                            TenantId.parse(draft.text(DeviceField.DIRECTORY_ID)).value())
                    .param(
                            "application",
                            ApplicationId.parse(draft.text(DeviceField.APPLICATION_ID))
                                    .value())
                    .param("cloud", cloudOf(draft))
                    .param("secret", vault.seal(credential, id))
                    .param("key", draft.credentialId())
                    .param("expires", Columns.optionalTimestamp(draft.expires()))
                    .param("kind", DeviceCredential.Kind.of(credential).key())
                    .param("now", Columns.timestamp(clock.instant()))
                    .update();
            remember(id, "CREATED", "Added as '%s'".formatted(draft.text(DeviceField.NAME)), actor);
        });
    }

    private void claim(DeviceDraft draft) {
        organizations.claimNew(
                List.of(TenantId.parse(draft.text(DeviceField.DIRECTORY_ID))),
                organizations.byDefault().id());
    }

    private static final String UPDATE = """
            update security_device
            set name = :name, location = :location, directory_id = :directory, application_id = :application,
                cloud = :cloud, updated_at = :now
            where id = :id and deleted_at is null
            """;

    private static final String UPDATE_SECRET = """
            update security_device
            set sealed_secret = :secret, credential = :kind, credential_id = :key, credential_expires_at = :expires
            where id = :id
            """;

    private static final String UPDATE_EXPIRY =
            "update security_device set credential_expires_at = :expires where id = :id";

    /**
     * Changes a device; a blank secret leaves the one we have. Polling starts anew with what was changed.
     *
     * @param actor who does it, for the history
     * @throws InvalidDevice when something is wrong with the draft
     * @throws NoSuchDevice when the device was removed
     */
    public SecurityDevice update(UUID id, DeviceDraft draft, String actor) {
        var before = require(id);
        refuseErrors(check(id, draft));
        refusingTwins(draft, () -> change(before, draft, actor));
        events.publishEvent(new DeviceChanged(id));
        return require(id);
    }

    private void change(SecurityDevice before, DeviceDraft draft, String actor) {
        var id = before.id();
        fence.run(() -> {
            claim(draft);
            database.sql(UPDATE)
                    .param("id", id)
                    .param("name", draft.text(DeviceField.NAME))
                    .param("location", draft.text(DeviceField.LOCATION))
                    .param(
                            "directory",
                            TenantId.parse(draft.text(DeviceField.DIRECTORY_ID)).value())
                    .param(
                            "application",
                            ApplicationId.parse(draft.text(DeviceField.APPLICATION_ID))
                                    .value())
                    .param("cloud", cloudOf(draft))
                    .param("now", Columns.timestamp(clock.instant()))
                    .update();
            updateExpiry(before, draft);
            remember(id, "UPDATED", changes(before, require(id)), actor);
            updateCredential(before, draft, actor);
            feeds.forgetTrouble(id);
            if (!before.directory().equals(TenantId.parse(draft.text(DeviceField.DIRECTORY_ID)))) {
                feeds.startOver(id);
            }
        });
    }

    private void updateExpiry(SecurityDevice before, DeviceDraft draft) {
        var known = before.credential().expires();
        var isKnownByItself =
                before.credential().kind() == DeviceCredential.Kind.CERTIFICATE && !draft.bringsCredential();
        if (isKnownByItself || draft.bringsCertificate()) {
            return;
        }
        if (known.isPresent() && DeviceChecks.isSame(known.get(), draft.text(DeviceField.CLIENT_SECRET_EXPIRES))) {
            return;
        }
        database.sql(UPDATE_EXPIRY)
                .param("id", before.id())
                .param(
                        "expires",
                        Columns.optionalTimestamp(ExpiryText.parse(draft.text(DeviceField.CLIENT_SECRET_EXPIRES))))
                .update();
    }

    private void updateCredential(SecurityDevice before, DeviceDraft draft, String actor) {
        if (!draft.bringsCredential()) {
            return;
        }
        var id = before.id();
        var credential = draft.credential();
        var isSecret = credential instanceof ClientSecret;
        database.sql(UPDATE_SECRET)
                .param("id", id)
                .param("secret", vault.seal(credential, id))
                .param("kind", DeviceCredential.Kind.of(credential).key())
                .param("key", draft.credentialId())
                .param(
                        "expires",
                        Columns.optionalTimestamp(
                                isSecret ? require(id).credential().expires() : draft.expires()))
                .update();
        remember(
                id,
                "UPDATED_SECRETS",
                isSecret ? "Client secret replaced" : "Signs in with %s".formatted(credential),
                actor);
    }

    private static String changes(SecurityDevice before, SecurityDevice after) {
        var changes = DeviceField.ALL.stream()
                .filter(field -> !shown(field, before).equals(shown(field, after)))
                .map(field -> "%s changed from '%s' to '%s'"
                        .formatted(field.label(), shown(field, before), shown(field, after)))
                .toList();
        return changes.isEmpty() ? "Saved without changes" : String.join("; ", changes);
    }

    private static String shown(DeviceField field, SecurityDevice device) {
        var text = device.text(field);
        return switch (field.kind()) {
            case TEXT, ID, CHOICE -> text;
            case DATE -> text.isEmpty() ? "unknown" : ExpiryText.day(ExpiryText.parse(text));
            case SECRET, SECRET_LINES -> "";
        };
    }

    private static final String REPLACE_CREDENTIAL = """
            update security_device
            set sealed_secret = :secret, credential = :kind, credential_id = :key, credential_expires_at = :expires
            where id = :id and directory_id = :directory and application_id = :application and deleted_at is null
            """;

    /**
     * Gives a device a new secret or certificate of the same application, in one step. Its polls start anew.
     *
     * @param fresh the tenant and the application that the device has, with the new one
     * @param keyId Microsoft's id of it; of a secret, the Secret ID
     * @param expires until when it works
     * @return whether it was done; not, when the device was removed or has another directory or application by now
     */
    public boolean replaceCredential(UUID id, Connection fresh, String keyId, Instant expires, String actor) {
        var kind = DeviceCredential.Kind.of(fresh.credential());
        var isDone = fence.write(() -> {
            var changed = database.sql(REPLACE_CREDENTIAL)
                    .param("id", id)
                    .param("directory", fresh.tenant().value())
                    .param("application", fresh.application().value())
                    .param("secret", vault.seal(fresh.credential(), id))
                    .param("kind", kind.key())
                    .param("key", keyId)
                    .param("expires", Columns.timestamp(expires))
                    .update();
            if (changed > 0) {
                remember(
                        id,
                        "UPDATED_SECRETS",
                        "%s replaced by a new one that works until %s"
                                .formatted(kind.title(), ExpiryText.day(Optional.of(expires))),
                        actor);
                feeds.forgetTrouble(id);
            }
            return changed > 0;
        });
        if (isDone) {
            events.publishEvent(new DeviceChanged(id));
        }
        return isDone;
    }

    private static final String DELETE = """
            update security_device set deleted_at = :now, updated_at = :now where id = :id and deleted_at is null
            """;

    /**
     * Removes a device and stops polling it. Its alerts stay.
     *
     * @throws NoSuchDevice when it was removed already
     */
    public void remove(UUID id, String actor) {
        var device = require(id);
        fence.run(() -> {
            database.sql(DELETE)
                    .param("id", id)
                    .param("now", Columns.timestamp(clock.instant()))
                    .update();
            remember(id, "DELETED", "Removed '%s'; its alerts stay".formatted(device.name()), actor);
        });
        events.publishEvent(new DeviceChanged(id));
    }

    private static final String ENABLE = """
            update security_device set enabled = :enabled, updated_at = :now where id = :id and deleted_at is null
            """;

    /**
     * Switches polling of a device on or off.
     *
     * @throws NoSuchDevice when it was removed
     */
    public SecurityDevice setEnabled(UUID id, boolean enabled, String actor) {
        require(id);
        fence.run(() -> {
            database.sql(ENABLE)
                    .param("id", id)
                    .param("enabled", enabled)
                    .param("now", Columns.timestamp(clock.instant()))
                    .update();
            remember(
                    id,
                    enabled ? "ENABLED" : "DISABLED",
                    enabled ? "Polling switched on" : "Polling switched off",
                    actor);
        });
        events.publishEvent(new DeviceChanged(id));
        return require(id);
    }

    /**
     * Tries what somebody typed, without saving it.
     *
     * @throws InvalidDevice when the ids, the secret or the cloud make no sense, so that there is nothing to try
     */
    public List<Check> test(DeviceDraft draft) {
        var concerning = check(draft).stream()
                .filter(problem -> problem.isError() && isNeededToConnect(draft, problem))
                .toList();
        refuseErrors(concerning);
        return test(draft, draft.credential());
    }

    private List<Check> test(DeviceDraft draft, Credential credential) {
        return tester.test(new Connection(
                TenantId.parse(draft.text(DeviceField.DIRECTORY_ID)),
                ApplicationId.parse(draft.text(DeviceField.APPLICATION_ID)),
                credential,
                clouds.named(draft.text(DeviceField.CLOUD)).orElseThrow()));
    }

    /** Names can wait, and so can the question whether the directory is connected already. */
    private static boolean isNeededToConnect(DeviceDraft draft, FieldProblem problem) {
        return switch (DeviceField.of(problem.field()).orElseThrow()) {
            case NAME, LOCATION, CLIENT_SECRET_EXPIRES, CLIENT_SECRET_ID -> false;
            case DIRECTORY_ID -> !isId(draft.text(DeviceField.DIRECTORY_ID));
            case APPLICATION_ID, CLIENT_SECRET, CLIENT_CERTIFICATE, CLOUD -> true;
        };
    }

    private static boolean isId(String text) {
        try {
            TenantId.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Tries a saved device.
     *
     * @throws NoSuchDevice when it was removed
     */
    public List<Check> test(UUID id) {
        return switch (credentials(id)) {
            case Credentials.Usable usable -> tester.test(usable.connection());
            case Credentials.Unusable unusable -> List.of(Check.failed("Stored credentials", unusable.diagnosis()));
        };
    }

    /**
     * Tries what somebody typed as a change of a device; a blank secret means the one we have.
     *
     * @throws InvalidDevice when the ids or the cloud make no sense, so that there is nothing to try
     * @throws NoSuchDevice when the device was removed
     */
    public List<Check> test(UUID id, DeviceDraft draft) {
        if (draft.bringsCredential()) {
            return test(draft);
        }
        refuseErrors(check(id, draft).stream()
                .filter(problem -> problem.isError() && isNeededToConnect(draft, problem))
                .toList());
        return switch (credentials(id)) {
            case Credentials.Usable usable -> test(draft, usable.connection().credential());
            case Credentials.Unusable unusable -> List.of(Check.failed("Stored credentials", unusable.diagnosis()));
        };
    }

    /** Asks for a device's feeds to be polled now, except those that Microsoft told us to leave alone. */
    public void pollNow(UUID id) {
        require(id);
        events.publishEvent(new PollRequested(id));
    }

    private static final String STILL_READS = """
            select true from security_device where id = :device and directory_id = :tenant for share
            """;

    /** Whether a device reads that directory, and goes on doing so until the transaction of this thread ends. */
    public boolean keepsReading(UUID device, TenantId tenant) {
        return database.sql(STILL_READS)
                .param("device", device)
                .param("tenant", tenant.value())
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    private static final String SEALED = "select sealed_secret from security_device where id = :id";

    /**
     * What a device connects with.
     *
     * @throws NoSuchDevice when it was removed
     */
    public Credentials credentials(UUID id) {
        var device = require(id);
        var cloud = clouds.named(device.cloud());
        if (cloud.isEmpty()) {
            return new Credentials.Unusable(Diagnosis.of(
                    Trouble.WRONG_CLOUD,
                    "The cloud '%s' of this device is not configured.".formatted(device.cloud()),
                    "Add gatehouse.clouds.%s to the configuration and start again, or edit the device and choose another cloud."
                            .formatted(device.cloud())));
        }
        var sealed = database.sql(SEALED).param("id", id).query(byte[].class).single();
        return switch (vault.open(sealed, id)) {
            case Opened.Plain plain ->
                new Credentials.Usable(
                        new Connection(device.directory(), device.application(), plain.credential(), cloud.get()));
            case Opened.Locked locked ->
                new Credentials.Unusable(Diagnosis.of(Trouble.SECRET_UNREADABLE, locked.cause(), locked.cure()));
        };
    }

    /**
     * How a device is doing.
     *
     * @throws NoSuchDevice when it was removed
     */
    public DeviceHealth health(UUID id) {
        return judge(require(id), feeds.of(id));
    }

    /** How all devices are doing, by device id, in the order of {@link #all()}. */
    public Map<UUID, DeviceHealth> healths() {
        var states = feeds.all().stream().collect(Collectors.groupingBy(FeedState::device));
        var healths = new LinkedHashMap<UUID, DeviceHealth>();
        for (var device : all()) {
            healths.put(device.id(), judge(device, states.getOrDefault(device.id(), List.of())));
        }
        return Collections.unmodifiableMap(healths);
    }

    private DeviceHealth judge(SecurityDevice device, List<FeedState> states) {
        return DeviceHealth.judge(
                device,
                states.stream().collect(Collectors.toMap(FeedState::feed, Function.identity())),
                settings.poll(),
                startedAt,
                clock.instant());
    }

    private static final String HISTORY = """
            select action, detail, actor, at from security_device_history where device_id = :id order by at desc, id desc
            """;

    /** What was done to a device, newest first; also of a removed one. */
    public List<HistoryEntry> history(UUID id) {
        return database.sql(HISTORY)
                .param("id", id)
                .query((row, number) -> new HistoryEntry(
                        row.getString("action"),
                        row.getString("detail"),
                        row.getString("actor"),
                        Columns.instant(row, "at")))
                .list();
    }

    private static final String REMEMBER = """
            insert into security_device_history (device_id, action, detail, actor, at)
            values (:id, :action, :detail, :actor, :now)
            """;

    private void remember(UUID id, String action, String detail, String actor) {
        database.sql(REMEMBER)
                .param("id", id)
                .param("action", action)
                .param("detail", Columns.text(detail))
                .param("actor", actor)
                .param("now", Columns.timestamp(clock.instant()))
                .update();
    }

    private String cloudOf(DeviceDraft draft) {
        return clouds.named(draft.text(DeviceField.CLOUD)).orElseThrow().name();
    }

    private static void refuseErrors(List<FieldProblem> problems) {
        if (problems.stream().anyMatch(FieldProblem::isError)) {
            throw new InvalidDevice(problems);
        }
    }

    private static void refusingTwins(DeviceDraft draft, Runnable work) {
        try {
            work.run();
        } catch (DuplicateKeyException e) {
            throw new InvalidDevice(List.of(DeviceChecks.connectedMeanwhile(
                    draft.text(DeviceField.DIRECTORY_ID).strip())));
        }
    }

    private static SecurityDevice device(ResultSet row) throws SQLException {
        return new SecurityDevice(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("location"),
                new TenantId(row.getObject("directory_id", UUID.class)),
                new ApplicationId(row.getObject("application_id", UUID.class)),
                row.getString("cloud"),
                new DeviceCredential(
                        DeviceCredential.Kind.of(row.getString("credential")),
                        Optional.ofNullable(row.getString("credential_id")),
                        Columns.optionalInstant(row, "credential_expires_at")),
                row.getBoolean("enabled"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
