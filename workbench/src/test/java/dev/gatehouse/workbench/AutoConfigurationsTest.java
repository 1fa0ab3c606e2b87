package dev.gatehouse.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/** The Workbench names the configurations of Spring Boot that it uses. What it leaves out, it leaves out on purpose. */
class AutoConfigurationsTest {

    private static final String SUFFIX = "AutoConfiguration";

    /** Its library is not there, or what it would make is made in another way. */
    private static final List<String> OF_WHAT_WE_DO_NOT_USE = named("""
            AppOpticsMetricsExport AtlasMetricsExport DatadogMetricsExport DynatraceMetricsExport ElasticMetricsExport
            GangliaMetricsExport GraphiteMetricsExport HumioMetricsExport InfluxMetricsExport JmxMetricsExport
            KairosMetricsExport NewRelicMetricsExport OtlpMetricsExport SimpleMetricsExport StackdriverMetricsExport
            StatsdMetricsExport Log4J2Metrics MetricsAspects
            Jackson2Endpoint JndiDataSource XADataSource Jta
            RSocketSecurity ReactiveManagementWebSecurity ReactiveUserDetailsService ReactiveWebSecurity
            TomcatReactiveManagementContext TomcatReactiveWebServer
            """);

    /**
     * {@code application.yaml} shows {@code health} and {@code prometheus}, at the address of the Workbench, and nothing
     * else.
     */
    private static final List<String> OF_ENDPOINTS_NOT_SHOWN = named("""
            AuditEventsEndpoint BeansEndpoint ConditionsReportEndpoint ConfigurationPropertiesReportEndpoint
            EnvironmentEndpoint FlywayEndpoint HeapDumpWebEndpoint HttpExchangesEndpoint InfoEndpoint LogFileWebEndpoint
            LoggersEndpoint MappingsEndpoint MetricsEndpoint SbomEndpoint ScheduledTasksEndpoint ShutdownEndpoint
            StartupEndpoint ThreadDumpEndpoint
            Audit InfoContributor ProjectInfo ServletHttpExchanges ServletMappings WebMvcMappings
            Jmx JmxEndpoint SpringApplicationAdminJmx
            TomcatServletManagementContext
            """);

    /** It would make a user of its own, with a password in the log, and protect the endpoints in its own way. */
    private static final List<String> OF_SECURITY_THAT_IS_OURS = named("UserDetailsService ManagementWebSecurity");

    /** Files are read while they come in, and pages have their words in their templates. */
    private static final List<String> SWITCHED_OFF = named("Multipart MessageSource");

    private static List<String> named(String names) {
        return Arrays.stream(names.strip().split("\\s+"))
                .map(name -> name + SUFFIX)
                .toList();
    }

    /** Of those that are left out: these would bring something, were they there. */
    private static final List<String> WOULD_BRING_SOMETHING = named("InfoContributor ProjectInfo UserDetailsService");

    private final ClassLoader loader = getClass().getClassLoader();
    private final List<String> all = simple(ImportCandidates.load(AutoConfiguration.class, loader));
    private final List<String> used = simple(ImportCandidates.load(Workbench.class, loader));

    @Test
    void eachThatSpringBootHasIsUsedOrLeftOutOnPurpose() {
        var leftOut = Stream.of(OF_WHAT_WE_DO_NOT_USE, OF_ENDPOINTS_NOT_SHOWN, OF_SECURITY_THAT_IS_OURS, SWITCHED_OFF)
                .flatMap(List::stream);

        assertThat(Stream.concat(used.stream(), leftOut)).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void thoseThatAreUsedAreThoseThatBringSomething() throws IOException {
        try (var workbench = RunningWorkbench.startWith(List.of(WithAll.class))) {
            var bringing = workbench.conditions().getConditionAndOutcomesBySource().entrySet().stream()
                    .filter(source -> source.getValue().isFullMatch())
                    .map(source -> simple(source.getKey()))
                    .filter(all::contains);
            var unconditional =
                    workbench.conditions().getUnconditionalClasses().stream().map(AutoConfigurationsTest::simple);

            assertThat(Stream.concat(bringing, unconditional))
                    .containsExactlyInAnyOrderElementsOf(Stream.of(used, WOULD_BRING_SOMETHING)
                            .flatMap(List::stream)
                            .toList());
        }
    }

    @EnableAutoConfiguration
    static class WithAll {}

    private static List<String> simple(ImportCandidates candidates) {
        return candidates.getCandidates().stream()
                .map(AutoConfigurationsTest::simple)
                .toList();
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
