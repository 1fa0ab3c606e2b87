package dev.gatehouse.workbench;

import dev.gatehouse.intake.parse.Parsed;
import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.intake.parse.Selection;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.model.VendorAlert;
import dev.gatehouse.workbench.detections.ExampleReader;
import dev.gatehouse.workbench.devices.ConnectionTester;
import dev.gatehouse.workbench.generate.Arrivals;
import dev.gatehouse.workbench.generate.GenerateOptions;
import dev.gatehouse.workbench.generate.Generator;
import dev.gatehouse.workbench.generate.MadeAlerts;
import dev.gatehouse.workbench.generate.PastClock;
import dev.gatehouse.workbench.generate.Shift;
import dev.gatehouse.workbench.people.GeneratedPassword;
import dev.gatehouse.workbench.people.GeneratedPeopleFile;
import dev.gatehouse.workbench.platform.settings.DataDirectory;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.records.AlertKinds;
import dev.gatehouse.workbench.records.Reread;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * A Workbench that collects nothing and shows nothing, and fills its database with made-up customers. It ends when it has. It
 * is no {@code @Configuration}, so that {@link Workbench} does not find it.
 */
@EnableAutoConfiguration
@EnableConfigurationProperties(Settings.class)
@ComponentScan(
        basePackages = {
            "dev.gatehouse.workbench.platform",
            "dev.gatehouse.workbench.people",
            "dev.gatehouse.workbench.context",
            "dev.gatehouse.workbench.devices",
            "dev.gatehouse.workbench.records",
            "dev.gatehouse.workbench.detections",
            "dev.gatehouse.workbench.ledger",
            "dev.gatehouse.workbench.alerts",
            "dev.gatehouse.workbench.investigations"
        },
        // Alerts are made as soon as their vendor alerts are there, by nobody else.
        excludeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = "dev\\.gatehouse\\.workbench\\.alerts\\.(AlertKeeping|Detecting|Rereading)"),
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@Import({Arrivals.class, Shift.class, MadeAlerts.class, Generator.class})
public class Generate {

    public static void main(String[] arguments) {
        Workbench.start(Generate.class, flags(arguments)).close();
    }

    /** What was given, and that nobody gets in meanwhile. */
    static String[] flags(String[] arguments) {
        var flags = new ArrayList<>(List.of(arguments));
        flags.add("--gatehouse.server.port=0");
        flags.add("--gatehouse.server.address=127.0.0.1");
        // Its liveness includes loops, of which there are none here.
        flags.add("--management.endpoint.health.validate-group-membership=false");
        flags.add("--logging.level.root=WARN");
        return flags.toArray(String[]::new);
    }

    @Bean
    GenerateOptions options(ApplicationArguments arguments) {
        return GenerateOptions.of(Arrays.stream(arguments.getSourceArgs())
                .filter(GenerateOptions::isOne)
                .toList());
    }

    @Bean
    InstantSource clock() {
        return new PastClock(InstantSource.system());
    }

    @Bean
    MonotonicClock monotonicClock() {
        return MonotonicClock.SYSTEM;
    }

    /** Everybody has the same password, which need not be hashed a thousand times. */
    @Bean
    @Primary
    PasswordEncoder hashingOnce(@Qualifier("passwordEncoder") PasswordEncoder usual) {
        var hashes = new ConcurrentHashMap<String, String>();
        return new PasswordEncoder() {
            @Override
            public String encode(@Nullable CharSequence password) {
                return hashes.computeIfAbsent(
                        String.valueOf(password), each -> Objects.requireNonNull(usual.encode(each)));
            }

            @Override
            public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
                return usual.matches(password, hash);
            }
        };
    }

    /**
     * Nobody relies on what is made here until all of it is there, so no transaction waits for the disk. What is made at last
     * is safe: the server writes all of it when it is stopped.
     */
    @Bean
    static BeanPostProcessor withoutWaiting() {
        return new ReplaceUsual();
    }

    private static final class ReplaceUsual implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return name.equals("dataSource") && bean instanceof DataSource usual ? new NotWaiting(usual) : bean;
        }
    }

    private static final class NotWaiting extends DelegatingDataSource {

        NotWaiting(DataSource usual) {
            super(usual);
        }

        @Override
        public Connection getConnection() throws SQLException {
            var connection = super.getConnection();
            try (var statement = connection.createStatement()) {
                statement.execute("set synchronous_commit = off");
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        }
    }

    @Bean
    Reread reread() {
        var parser = new Parser();
        return (tenant, feed, original) -> switch (parser.parse(tenant, feed, original)) {
            case Parsed.Understood(var record) -> record;
            case Parsed.Unreadable(var _, var reason) -> throw new IllegalStateException(reason);
        };
    }

    @Bean
    ExampleReader exampleReader(Reread reread) {
        var nobody = new TenantId(new UUID(0, 0));
        return json -> (VendorAlert) reread.read(nobody, Feed.ALERTS, json);
    }

    @Bean
    AlertKinds alertKinds() {
        return Selection.ofDefenderForIdentity()::kindsOf;
    }

    @Bean
    ConnectionTester connectionTester() {
        return connection -> {
            throw new IllegalStateException("Made-up devices have no connection");
        };
    }

    @Bean
    CommandLineRunner generating(Generator generator, GenerateOptions options, DataDirectory directory) {
        return arguments -> {
            var password = GeneratedPassword.draw();
            generator.run(options, password);
            var file = new GeneratedPeopleFile(directory);
            file.write(password);
            System.out.println(
                    "Everybody signs in with the password in %s, for example soc.analyst1@provider.example, auditor@provider.example, admin@SHORTNAME.example and analyst1@SHORTNAME.example."
                            .formatted(file.path()));
        };
    }
}
