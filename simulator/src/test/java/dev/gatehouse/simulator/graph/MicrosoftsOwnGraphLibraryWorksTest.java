package dev.gatehouse.simulator.graph;

import static dev.gatehouse.simulator.graph.Records.alert;
import static dev.gatehouse.simulator.graph.Records.incident;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.core.tasks.PageIterator;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.models.security.Alert;
import com.microsoft.graph.models.security.AlertCollectionResponse;
import com.microsoft.graph.models.security.AlertSeverity;
import com.microsoft.graph.models.security.EvidenceRole;
import com.microsoft.graph.models.security.Incident;
import com.microsoft.graph.models.security.ServiceSource;
import com.microsoft.graph.models.security.UserEvidence;
import com.microsoft.graph.security.microsoftgraphsecurityrunhuntingquery.RunHuntingQueryPostRequestBody;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.authentication.AccessTokenProvider;
import com.microsoft.kiota.authentication.AllowedHostsValidator;
import com.microsoft.kiota.authentication.BaseBearerTokenAuthenticationProvider;
import dev.gatehouse.kql.Table;
import dev.gatehouse.simulator.DefenderSource;
import dev.gatehouse.simulator.HttpCaller;
import dev.gatehouse.simulator.SimulatedTenant;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.world.ScriptedDefender;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Java SDK for Microsoft Graph as Microsoft ships it, told only where Graph is and which authority to trust. */
class MicrosoftsOwnGraphLibraryWorksTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final ScriptedDefender defender = new ScriptedDefender();
    private final Simulator simulator =
            Simulator.start(SimulatorSettings.defaults().withDefenders(DefenderSource.scripted(defender)));
    private final GraphServiceClient graph =
            client(simulator, simulator.tenants().getFirst());

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void pagesThroughAlerts() throws Exception {
        IntStream.range(0, 25).forEach(i -> defender.putAlert(alert("alert " + i, NOON.plusSeconds(i))));
        var ids = new ArrayList<@Nullable String>();

        var first = graph.security().alertsV2().get(request -> {
            var query = Objects.requireNonNull(request.queryParameters);
            query.top = 10;
            query.filter =
                    "serviceSource eq 'microsoftDefenderForIdentity' and lastUpdateDateTime ge 2026-11-23T00:00:00Z";
            query.orderby = new String[] {"lastUpdateDateTime asc"};
            query.count = true;
        });
        new PageIterator.Builder<Alert, AlertCollectionResponse>()
                .client(graph)
                .collectionPage(Objects.requireNonNull(first))
                .collectionPageFactory(AlertCollectionResponse::createFromDiscriminatorValue)
                .processPageItemCallback(alert -> ids.add(alert.getId()))
                .build()
                .iterate();

        assertThat(first.getOdataCount()).isEqualTo(25);
        assertThat(ids)
                .containsExactlyElementsOf(
                        IntStream.range(0, 25).mapToObj(i -> "alert " + i).toList());
    }

    @Test
    void readsAlertsAsTheirTypes() {
        defender.putAlert(alert("a", NOON));

        var alert = Objects.requireNonNull(
                graph.security().alertsV2().byAlertId("a").get());

        assertThat(alert.getSeverity()).isEqualTo(AlertSeverity.High);
        assertThat(alert.getServiceSource()).isEqualTo(ServiceSource.MicrosoftDefenderForIdentity);
        assertThat(alert.getLastUpdateDateTime()).isEqualTo(NOON.atOffset(ZoneOffset.UTC));
        assertThat(alert.getEvidence())
                .singleElement()
                .isInstanceOfSatisfying(UserEvidence.class, evidence -> assertThat(evidence.getRoles())
                        .containsExactly(EvidenceRole.Attacker));
    }

    @Test
    void readsIncidentsWithTheirAlerts() {
        defender.putIncident(incident("17", NOON));
        defender.putAlert(alert("a", NOON));

        var incidents = Objects.requireNonNull(graph.security().incidents().get(request -> {
            Objects.requireNonNull(request.queryParameters).expand = new String[] {"alerts"};
        }));

        assertThat(incidents.getValue())
                .singleElement()
                .extracting(Incident::getAlerts)
                .satisfies(alerts -> assertThat(alerts).extracting(Alert::getId).containsExactly("a"));
    }

    @Test
    void runsHuntingQueries() {
        defender.putTable(
                "IdentityLogonEvents",
                List.of(
                        new Table.Column("Timestamp", Table.Type.DATETIME),
                        new Table.Column("AccountName", Table.Type.STRING)));
        var now = simulator.clock().instant();
        defender.putRow("IdentityLogonEvents", Map.of("Timestamp", now, "AccountName", "anna"), Instant.MIN);
        var body = new RunHuntingQueryPostRequestBody();
        body.setQuery("IdentityLogonEvents | where AccountName startswith 'A' | project AccountName");
        body.setTimespan("P1D");

        var results = Objects.requireNonNull(
                graph.security().microsoftGraphSecurityRunHuntingQuery().post(body));

        assertThat(results.getSchema()).singleElement().satisfies(column -> {
            assertThat(column.getName()).isEqualTo("AccountName");
            assertThat(column.getType()).isEqualTo("String");
        });
        assertThat(results.getResults()).singleElement().satisfies(row -> assertThat(row.getAdditionalData())
                .containsEntry("AccountName", "anna"));
    }

    @Test
    void understandsErrors() {
        var error = catchThrowableOfType(ODataError.class, () -> graph.security()
                .incidents()
                .get(request -> Objects.requireNonNull(request.queryParameters).top = 100));

        assertThat(error.getResponseStatusCode()).isEqualTo(400);
        assertThat(error.getMessage()).contains("The limit of '50' for Top query has been exceeded.");
    }

    private static GraphServiceClient client(Simulator simulator, SimulatedTenant tenant) {
        var okHttp = GraphClientFactory.create()
                .sslSocketFactory(HttpCaller.trusting(simulator).getSocketFactory(), HttpCaller.trustManager(simulator))
                .build();
        var client = new GraphServiceClient(
                new BaseBearerTokenAuthenticationProvider(new TokensByMsal(simulator, tenant)), okHttp);
        client.getRequestAdapter().setBaseUrl(simulator.graph() + "/v1.0");
        return client;
    }

    /** Gets tokens for the SDK from msal4j. */
    private record TokensByMsal(Simulator simulator, SimulatedTenant tenant) implements AccessTokenProvider {

        @Override
        public String getAuthorizationToken(URI uri, @Nullable Map<String, Object> context) {
            try {
                return ConfidentialClientApplication.builder(
                                tenant.applicationId().toString(),
                                ClientCredentialFactory.createFromSecret(tenant.clientSecret()))
                        .sslSocketFactory(HttpCaller.trusting(simulator).getSocketFactory())
                        .authority("%s/%s/".formatted(simulator.authority(), tenant.tenantId()))
                        .instanceDiscovery(false)
                        .build()
                        .acquireToken(ClientCredentialParameters.builder(Set.of(simulator.graph() + "/.default"))
                                .build())
                        .get()
                        .accessToken();
            } catch (MalformedURLException | InterruptedException | ExecutionException exception) {
                throw new AssertionError(exception);
            }
        }

        @Override
        public AllowedHostsValidator getAllowedHostsValidator() {
            return new AllowedHostsValidator("localhost");
        }
    }
}
