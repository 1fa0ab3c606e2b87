package dev.gatehouse.workbench;

import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.parse.Parsed;
import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.intake.parse.Selection;
import dev.gatehouse.model.Collected;
import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.collect.PageTransaction;
import dev.gatehouse.workbench.collect.Probes;
import dev.gatehouse.workbench.collect.Quarantine;
import dev.gatehouse.workbench.devices.ConnectionTester;
import dev.gatehouse.workbench.devices.DeviceDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.settings.DataDirectory;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.reconcile.Reconciliations;
import dev.gatehouse.workbench.records.AlertKinds;
import dev.gatehouse.workbench.records.Reread;
import dev.gatehouse.workbench.replay.Replays;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * Store, devices and secrets on a real database, put together as the server does it but without a web server, with a
 * clock that a test sets and a connection test that always passes. Further things are added before {@link #open()}.
 */
public final class WorkbenchParts implements AutoCloseable {

    /** A Monday morning. */
    public static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    private final WorkbenchDatabase database = WorkbenchDatabase.create();
    private final SettableClock clock = new SettableClock(START);
    private final Map<String, String> settings = new HashMap<>();
    private final List<Object> events = new CopyOnWriteArrayList<>();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final Path folder;
    private final DataDirectory directory;

    public WorkbenchParts() {
        try {
            folder = Files.createTempDirectory("gatehouse-parts");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        directory = DataDirectory.open(folder);
        context.setBeanNameGenerator(FullyQualifiedAnnotationBeanNameGenerator.INSTANCE);
        context.registerBean(Settings.class, this::settings);
        context.registerBean(DataDirectory.class, () -> directory);
        context.registerBean(SettableClock.class, () -> clock);
        var connections = database.fenced();
        context.registerBean(DataSource.class, () -> connections);
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(connections));
        context.registerBean(NamedParameterJdbcTemplate.class, () -> new NamedParameterJdbcTemplate(connections));
        context.registerBean(
                TransactionTemplate.class,
                () -> new TransactionTemplate(new DataSourceTransactionManager(connections)));
        context.registerBean(PageMemory.class, PageMemory::ofHeap);
        context.registerBean(Reread.class, () -> WorkbenchParts::reread);
        context.registerBean(AlertKinds.class, () -> Selection.ofDefenderForIdentity()::kindsOf);
        context.addApplicationListener((ApplicationListener<ApplicationEvent>) event -> {
            if (event instanceof PayloadApplicationEvent<?> fact) {
                events.add(fact.getPayload());
            }
        });
        context.register(
                Organizations.class,
                PageTransaction.class,
                Quarantine.class,
                Probes.class,
                Replays.class,
                Reconciliations.class);
        context.scan(
                "dev.gatehouse.workbench.platform.database",
                "dev.gatehouse.workbench.context",
                "dev.gatehouse.workbench.records",
                "dev.gatehouse.workbench.devices",
                "dev.gatehouse.workbench.ledger",
                "dev.gatehouse.workbench.platform.secrets");
    }

    private static Collected reread(TenantId tenant, Feed feed, Original original) {
        return switch (new Parser().parse(tenant, feed, original)) {
            case Parsed.Understood(var record) -> record;
            case Parsed.Unreadable(var text, var reason) -> throw new IllegalStateException(text + ": " + reason);
        };
    }

    /** Sets one of {@link Settings}, without {@code gatehouse.} before its name. */
    public WorkbenchParts with(String setting, String value) {
        settings.put("gatehouse." + setting, value);
        return this;
    }

    /** Adds one more part. */
    public <T> WorkbenchParts with(Class<T> type, Supplier<T> part) {
        context.registerBean(type, part);
        return this;
    }

    /** Adds classes for Spring to make. */
    public WorkbenchParts with(Class<?>... types) {
        context.register(types);
        return this;
    }

    /** Puts everything together. */
    public WorkbenchParts open() {
        if (context.getBeanFactory().getBeanNamesForType(ConnectionTester.class).length == 0) {
            context.registerBean(ConnectionTester.class, () -> connection -> List.of());
        }
        context.refresh();
        return this;
    }

    private Settings settings() {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("gatehouse", Settings.class);
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    public SettableClock clock() {
        return clock;
    }

    public WorkbenchDatabase database() {
        return database;
    }

    public Path folder() {
        return folder;
    }

    /** Every fact that was published so far. */
    public List<Object> events() {
        return List.copyOf(events);
    }

    /** The facts of one type, in order. */
    public <T> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** A draft that can be saved as it is, for a directory of its own. */
    public static DeviceDraft draft(String name) {
        return DeviceDraft.empty()
                .with(DeviceField.NAME, name)
                .with(DeviceField.LOCATION, "cloud")
                .with(DeviceField.DIRECTORY_ID, UUID.randomUUID().toString())
                .with(DeviceField.APPLICATION_ID, UUID.randomUUID().toString())
                .with(DeviceField.CLIENT_SECRET, "Kx~8Q-not-a-real-secret-" + name);
    }

    @Override
    public void close() throws IOException {
        context.close();
        database.close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
