package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertMaking;
import dev.gatehouse.workbench.alerts.AlertOrder;
import dev.gatehouse.workbench.alerts.Alerts;
import dev.gatehouse.workbench.detections.InvalidRule;
import dev.gatehouse.workbench.detections.RuleEditing;
import dev.gatehouse.workbench.detections.RuleRefused;
import dev.gatehouse.workbench.devices.SecurityDevice;
import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.investigations.InvestigativeAction;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.platform.database.Compressed;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.suppressions.DryRuns;
import dev.gatehouse.workbench.suppressions.SuppressionEditing;
import dev.gatehouse.workbench.suppressions.SuppressionField;
import dev.gatehouse.workbench.suppressions.SuppressionProposals;
import dev.gatehouse.workbench.web.ScreenTest;
import dev.gatehouse.workbench.web.api.resources.Endpoints;
import dev.gatehouse.workbench.web.api.resources.Relation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two organizations on one Workbench. Whatever is asked for, at whichever address: nobody finds anything of the other. */
class OrganizationsApartTest extends ScreenTest {

    private static final String ID = "7d9cdd4d-0000-4000-8000-0000000000";

    @Autowired
    private Endpoints described;

    @Autowired
    private ApiTokens tokens;

    @Autowired
    private Organizations organizations;

    @Autowired
    private AlertMaking making;

    @Autowired
    private Alerts alerts;

    @Autowired
    private InvestigationActions investigations;

    @Autowired
    private InvestigativeActions actions;

    @Autowired
    private RuleEditing rules;

    @Autowired
    private SuppressionEditing suppressions;

    @Autowired
    private SuppressionProposals proposals;

    @Autowired
    private DryRuns dryRuns;

    private Customer acme = new Customer();
    private Customer globex = new Customer();

    /** What a customer has, by what stands in addresses. */
    private static final class Customer {
        private Optional<Organization> organization = Optional.empty();
        private Optional<SecurityDevice> device = Optional.empty();
        private final Map<String, String> ids = new LinkedHashMap<>();

        UUID id() {
            return organization.orElseThrow().id();
        }

        SecurityDevice device() {
            return device.orElseThrow();
        }
    }

    @BeforeEach
    void twoCustomers() throws Exception {
        workOnNothing();
        acme = customer("Acme", 1);
        globex = customer("Globex", 2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"ORGANIZATION_ADMIN", "ORGANIZATION_ANALYST", "AUDITOR"})
    void whatBelongsToOthersIsNotThere(Role role) throws Exception {
        var eve = Membership.of(role, acme.id());
        var token = tokens.draw();
        tokens.add("A script of Acme's", eve, token);
        var before = rowsOf(globex);
        var found = new ArrayList<String>();

        for (var opening : openings()) {
            if (!opening.pattern().contains("{") || !eve.may(opening.right())) {
                continue;
            }
            var answer = ask(opening, addressOf(opening, globex), eve, token);

            if (answer.getStatus() != 404) {
                found.add("%s %s: %d".formatted(opening.method(), opening.pattern(), answer.getStatus()));
            }
        }
        assertThat(found).isEmpty();
        assertThat(rowsOf(globex)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"ORGANIZATION_ADMIN", "ORGANIZATION_ANALYST", "AUDITOR"})
    void ownThingsAreThereAndListsShowNoOthers(Role role) throws Exception {
        var eve = Membership.of(role, acme.id());
        var token = tokens.draw();
        tokens.add("A script of Acme's", eve, token);

        var missing = new ArrayList<String>();
        for (var opening : openings()) {
            // An open stream does not end, and there is nothing to choose for whoever belongs to one.
            var isRead = opening.method().equals(HttpMethod.GET)
                    && !List.of("/live", "/organizations").contains(opening.pattern());
            if (!isRead || !eve.may(opening.right())) {
                continue;
            }
            var answer = ask(opening, addressOf(opening, acme), eve, token);

            if (!List.of(200, 302, 303).contains(answer.getStatus())) {
                missing.add("%s: %d".formatted(opening.pattern(), answer.getStatus()));
            }
            assertThat(answer.getContentAsString())
                    .as("%s as %s", opening.pattern(), role)
                    .doesNotContainIgnoringCase("globex")
                    .doesNotContain(globex.device().directory().toString());
        }
        // There is no version with that hash, and no rule of one's own.
        assertThat(missing)
                .allMatch(address -> address.contains("/changes: 404") || address.contains("/account/notifications"));
        for (var list : List.of("/vendor-alerts", "/vendor-incidents", "/settings/security-devices", "/")) {
            assertThat(textOf(as(eve, list))).as(list).containsIgnoringCase("acme");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"SOC_ADMIN", "SOC_ANALYST", "AUDITOR"})
    void peopleOfTheProviderSeeAllAndOneWhenTheAddressSaysSo(Role role) throws Exception {
        var who = Membership.ofProvider(role);

        assertThat(textOf(as(who, "/vendor-alerts"))).contains("Theft at Acme", "Theft at Globex");
        assertThat(textOf(as(who, "/o/ACME/vendor-alerts")))
                .contains("Theft at Acme", "href=\"/o/ACME/vendor-incidents\"")
                .doesNotContain("Globex");
        assertThat(textOf(as(who, "/o/globex/vendor-alerts")))
                .contains("Theft at Globex")
                .doesNotContain("Theft at Acme");
        assertThat(as(who, "/o/NOBODY/vendor-alerts").getStatus()).isEqualTo(404);
        assertThat(as(who, addressBelow("/o/ACME", globex)).getStatus()).isEqualTo(404);
        assertThat(as(who, addressBelow("/o/GLOBEX", globex)).getStatus()).isEqualTo(200);
        assertThat(textOf(as(who, "/organizations?search=glo")))
                .contains("/o/GLOBEX/")
                .doesNotContain("/o/ACME/");
    }

    @Test
    void theChoiceOfAnOrganizationIsNotThereForWhoeverBelongsToOne() throws Exception {
        var eve = Membership.of(Role.ORGANIZATION_ADMIN, acme.id());

        assertThat(as(eve, "/o/ACME/vendor-alerts").getStatus()).isEqualTo(404);
        assertThat(as(eve, "/o/GLOBEX/vendor-alerts").getStatus()).isEqualTo(404);
        assertThat(as(eve, "/organizations").getStatus()).isEqualTo(404);
        assertThat(textOf(as(eve, "/vendor-alerts"))).doesNotContain("organization-switch");
    }

    @Test
    void aTokenOfAnotherOrganizationFindsNothingByFilter() throws Exception {
        var token = tokens.draw();
        tokens.add("A script of Acme's", Membership.of(Role.ORGANIZATION_ADMIN, acme.id()), token);

        for (var list :
                List.of("poll_windows", "replays", "quarantined_windows", "reconciliations", "unreadable_records")) {
            var answer = mvc.perform(request(
                                    HttpMethod.GET,
                                    URI.create("/api/v2/%s?filter[device]=%s"
                                            .formatted(list, globex.device().id())
                                            .replace("[", "%5B")
                                            .replace("]", "%5D")))
                            .header("Authorization", "Bearer " + token))
                    .andReturn()
                    .getResponse();
            assertThat(answer.getContentAsString()).as(list).doesNotContainIgnoringCase("globex");
        }
    }

    @Test
    void aDirectoryOfAnotherOrganizationIsRefusedWithoutSayingWhoseItIs() throws Exception {
        var token = tokens.draw();
        tokens.add("A script of Acme's", Membership.of(Role.ORGANIZATION_ADMIN, acme.id()), token);
        var before = rowsOf(globex);
        var devices = "/api/v2/security_devices";
        var own = acme.device().id();

        for (var answer : List.of(
                sendGlobexDirectory(HttpMethod.POST, devices, "", token),
                sendGlobexDirectory(HttpMethod.PATCH, devices + "/" + own, ", \"id\": \"%s\"".formatted(own), token))) {
            assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(422);
            assertThat(answer.getContentAsString())
                    .contains("cannot be connected by you")
                    .doesNotContainIgnoringCase("globex");
        }
        assertThat(rowsOf(globex)).isEqualTo(before);
    }

    private MockHttpServletResponse sendGlobexDirectory(HttpMethod method, String address, String id, String token)
            throws Exception {
        return mvc.perform(request(method, URI.create(address))
                        .header("Authorization", "Bearer " + token)
                        .contentType("application/vnd.api+json")
                        .content("""
                                {"data": {"type": "security_devices"%s, "attributes": {
                                    "name": "Eve", "location": "cloud", "directory_id": "%s",
                                    "application_id": "%s", "client_secret": "a-secret-of-eve-0123456789"}}}""".formatted(id, globex.device().directory(), APPLICATION)))
                .andReturn()
                .getResponse();
    }

    private Stream<Opening> all() {
        return Stream.concat(OpenAddresses.PAGES.stream(), OpenAddresses.api(List.of(described)).stream());
    }

    /** A relation that the type of an address has. */
    private String relationOf(String path) {
        return described.resources().all().stream()
                .filter(resource -> path.startsWith(resource.path() + "/"))
                .flatMap(resource -> resource.relations().stream())
                .filter(relation -> !relation.type().equals("user_accounts"))
                .map(Relation::name)
                .findFirst()
                .orElse("");
    }

    private List<Opening> openings() {
        return all().filter(opening -> !opening.method().equals(HttpMethod.HEAD)
                        && !opening.pattern().startsWith("/actuator/"))
                .toList();
    }

    /** With ids of that customer in the place of its variables. */
    private String addressOf(Opening opening, Customer customer) {
        var path = opening.pattern();
        var nothing = UUID.randomUUID().toString();
        var kind = customer.ids.keySet().stream()
                .filter(prefix -> path.startsWith(prefix + "/{"))
                .findFirst();
        if (path.contains("{")) {
            assertThat(kind)
                    .as("an id for %s: write a row of that kind into this test", path)
                    .isPresent();
        }
        return path.replace("{tenant}", customer.device().directory().toString())
                .replace("{replay}", customer.ids.get("/api/v2/replays"))
                .replace("{relation}", relationOf(path))
                .replace("{language}", "bash")
                .replace("{section}", "findings")
                .replace("{number}", customer.ids.get("/activity/by-number"))
                .replace("{alert}", customer.ids.get("/alerts"))
                .replace("{delivery}", customer.ids.get("delivery"))
                .replaceAll("\\{(finding|comment|entry|action|remediation)}", nothing)
                .replace("{file}", customer.ids.get("/api/v2/files"))
                .replace("{id}", kind.map(customer.ids::get).orElse(""))
                .replaceFirst("/news$", "/news?since=0")
                .replaceFirst("/by-number$", "/by-number?number=" + customer.ids.get("/activity/by-number"))
                .replaceFirst("/changes$", "/changes?version=" + "0".repeat(64));
    }

    private static String addressBelow(String prefix, Customer customer) {
        return prefix + "/settings/security-devices/" + customer.device().id();
    }

    private MockHttpServletResponse ask(Opening opening, String address, Membership person, String token)
            throws Exception {
        MockHttpServletRequestBuilder request = request(opening.method(), URI.create(address));
        if (address.startsWith("/api/")) {
            request.header("Authorization", "Bearer " + token);
            request.contentType("application/vnd.api+json").content("""
                    {"data": {"type": "security_devices", "attributes": {}}}""");
        } else {
            request.contentType("application/x-www-form-urlencoded")
                    .param("console_access", "guide")
                    .param("feed", "alerts")
                    .param("from", "2026-11-22T00:00")
                    .param("to", "2026-11-23T00:00")
                    .with(people.a(person))
                    .with(csrf());
        }
        return mvc.perform(request).andReturn().getResponse();
    }

    private MockHttpServletResponse as(Membership who, String address) throws Exception {
        return mvc.perform(request(HttpMethod.GET, URI.create(address)).with(people.a(who)))
                .andReturn()
                .getResponse();
    }

    private static String textOf(MockHttpServletResponse response) throws Exception {
        return response.getContentAsString();
    }

    private static String rule(String id) {
        return """
                id: %s
                version: 1
                name: Work at night
                description: Nobody works at night here.
                condition: alert.category == "Night"
                severity: {fidelity: high, impact: high, vendor: medium}
                join: {by: host, within: 2h}
                attack: {tactics: [TA0008], techniques: [T1078]}
                examples:
                  match: [{category: Night}]
                  no_match: [{category: Day}]
                """.formatted(id);
    }

    /** Rules are remembered longer than the rows of a test. */
    private static final AtomicInteger RULES = new AtomicInteger();

    /** An alert of its vendor alert, an investigation of that, and a rule of the customer's own. */
    private void addWork(Customer customer, String name) throws InvalidRule, RuleRefused {
        var everything = Scope.everything();
        var directory = customer.device().directory();
        while (making.next(directory, 100)) {
            // The next portion.
        }
        var alert = alerts.list(everything, AlertFilter.ALL.ofTenant(directory), AlertOrder.NEWEST, Optional.empty(), 1)
                .rows()
                .getFirst();
        var investigation =
                investigations.openFrom(everything, Actor.GATEHOUSE, List.of(alert.id()), "Case of " + name);
        var rule = rules.add(
                        Scope.of(customer.id()),
                        rule("%s-night-%d".formatted(name.toLowerCase(Locale.ROOT), RULES.incrementAndGet())),
                        name)
                .id()
                .value();
        var scope = Scope.of(customer.id());
        var suppression = suppressions
                .add(
                        scope,
                        Optional.empty(),
                        proposals
                                .like(scope, alert.id())
                                .orElseThrow()
                                .draft()
                                .with(SuppressionField.OWNER, name + "@example.com")
                                .with(SuppressionField.REASON, "Known")
                                .with(SuppressionField.COMMENT, "Known"),
                        Actor.GATEHOUSE)
                .id();
        dryRuns.begin(scope, suppression, Actor.GATEHOUSE);
        customer.ids.put("/detections/suppressions", suppression.toString());
        customer.ids.put("/api/v2/suppressions", suppression.toString());
        customer.ids.put("/alerts", alert.id().toString());
        // Nobody's: views belong to accounts, see SavedViewPagesTest.
        customer.ids.put("/account/views", UUID.randomUUID().toString());
        customer.ids.put("/dashboards/alert-analysis", customer.device().id().toString());
        customer.ids.put("/activity", investigation.toString());
        customer.ids.put("/activity/by-number", name.toUpperCase(Locale.ROOT) + "-1");
        customer.ids.put("/detections/rules", rule);
        customer.ids.put("/api/v2/detections", rule);
    }

    /** What the API describes: one of each type, found as the provider finds it. */
    private void addDescribed(Customer customer) throws Exception {
        var token = tokens.draw();
        tokens.add("A script of the provider's", Membership.ofProvider(Role.SOC_ADMIN), token);
        var investigation = customer.ids.getOrDefault("/activity", "");
        post(token, "comments", "{\"comment\": \"Seen\"}", "investigation", investigation);
        post(
                token,
                "timeline_entries",
                "{\"event\": \"Sign-in\", \"event_date\": \"2026-11-23T11:00:00Z\"}",
                "investigation",
                investigation);
        post(
                token,
                "investigative_actions",
                "{\"action_type\": \"MANUAL\", \"title\": \"Look\"}",
                "investigation",
                investigation);
        var label = post(
                token,
                "context_labels",
                "{\"title\": \"Servers\", \"description\": \"Known\", \"definition\": {\"hostname\": [\"srv1\"]}}",
                "organization",
                customer.id().toString());
        customer.ids.put("/settings/context", label);
        post(token, "context_label_actions", "{\"action_type\": \"ALERT_ON\"}", "context_label", label);
        customer.ids.put(
                "/settings/notes",
                post(
                        token,
                        "notes",
                        "{\"term\": \"srv1\", \"note\": \"It backs up.\"}",
                        "organization",
                        customer.id().toString()));
        var integration = post(
                token,
                "integrations",
                "{\"integration_type\": \"webhook\", \"service_name\": \"Hook\","
                        + " \"integration_meta\": {\"url\": \"https://localhost:1/\"}}",
                "organization",
                customer.id().toString());
        customer.ids.put("/settings/integrations", integration);
        customer.ids.put(
                "/settings/notifications",
                post(
                        token,
                        "notification_rules",
                        "{\"name\": \"Investigations\", \"event_names\": [\"investigation_created\"],"
                                + " \"destinations\": [\"integration:%s\"]}".formatted(integration),
                        "organization",
                        customer.id().toString()));
        // Nobody's: such rules belong to accounts, see NotificationPagesTest.
        customer.ids.put("/account/notifications", UUID.randomUUID().toString());
        investigations.open(Scope.everything(), Actor.GATEHOUSE, customer.id(), "Told to a program");
        customer.ids.put(
                "delivery",
                database.sql("select id from notification_delivery where organization_id = :organization limit 1")
                        .param("organization", customer.id())
                        .query(UUID.class)
                        .single()
                        .toString());
        var remediation = post(
                token, "remediation_actions", "{\"action_type\": \"CONTAIN_HOSTS\"}", "investigation", investigation);
        post(
                token,
                "remediation_action_assets",
                "{\"asset_type\": \"HOST\", \"value\": \"DC01\"}",
                "remediation_action",
                remediation);
        var file = post(token, "files", "{\"filename\": \"a.txt\"}", "investigation", investigation);
        upload(token, file);
        actions.keep(List.of(new InvestigativeActions.Ran(
                UUID.fromString(customer.ids.get("/alerts")),
                customer.device().directory(),
                new InvestigativeAction.Said("Who else?", "", "", ""),
                new InvestigativeAction.Query(
                        "IdentityLogonEvents",
                        Map.of(),
                        Optional.of(new InvestigativeAction.Table(List.of("AccountName"), List.of(List.of("mallory")))),
                        OptionalInt.of(1),
                        "",
                        "",
                        Optional.empty(),
                        Optional.empty()))));
        customer.ids.put(
                "/api/v2/tasks",
                database.sql("select id from investigative_action where alert_id = :alert and result_table is not null")
                        .param("alert", UUID.fromString(customer.ids.get("/alerts")))
                        .query(UUID.class)
                        .single()
                        .toString());
        for (var resource : described.resources().all()) {
            if (!resource.isEmpty() && !customer.ids.containsKey(resource.path())) {
                customer.ids.put(resource.path(), firstOf(token, resource.path(), customer));
            }
        }
    }

    private String firstOf(String token, String path, Customer customer) throws Exception {
        var isEverybodys = List.of(
                        "/api/v2/plugins",
                        "/api/v2/vendors",
                        "/api/v2/mitre_tactics",
                        "/api/v2/context_categories",
                        "/api/v2/rule_definitions")
                .contains(path);
        var address = isEverybodys ? path : path + "?filter%5Borganization%5D%5Bid%5D=" + customer.id();
        if (isEverybodys && customer.organization.orElseThrow().shortName().equals("GLOBEX")) {
            return "nothing";
        }
        var answer = mvc.perform(
                        request(HttpMethod.GET, URI.create(path.endsWith("user_account_statuses") ? path : address))
                                .header("Authorization", "Bearer " + token))
                .andReturn()
                .getResponse();
        if (path.endsWith("user_account_statuses")) {
            return customer.ids.getOrDefault("/api/v2/user_accounts", "");
        }
        var self = json(answer).path("data").path(0).path("links").path("self").asString("");
        assertThat(self).as("one of %s: %s", path, answer.getContentAsString()).startsWith(path + "/");
        return self.substring(path.length() + 1);
    }

    private static JsonNode json(MockHttpServletResponse answer) throws Exception {
        return JsonMapper.shared().readTree(answer.getContentAsString());
    }

    private String post(String token, String type, String attributes, String relation, String to) throws Exception {
        var answer = mvc.perform(request(HttpMethod.POST, URI.create("/api/v2/" + type))
                        .header("Authorization", "Bearer " + token)
                        .contentType("application/json")
                        .content("""
                                {"data": {"type": "%s", "attributes": %s, "relationships": {"%s": {"data":
                                    {"type": "any", "id": "%s"}}}}}""".formatted(type, attributes, relation, to)))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(201);
        return json(answer).path("data").path("id").asString();
    }

    private void upload(String token, String file) throws Exception {
        var answer = mvc.perform(request(HttpMethod.POST, URI.create("/api/v2/files/" + file + "/upload"))
                        .header("Authorization", "Bearer " + token)
                        .contentType("multipart/form-data; boundary=x")
                        .content("""
                                --x\r
                                Content-Disposition: form-data; name="file"; filename="a.txt"\r
                                \r
                                Seen.\r
                                --x--\r
                                """))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(200);
    }

    private Customer customer(String name, int number) throws Exception {
        var customer = new Customer();
        var organization = organizations.add(OrganizationDraft.named(name).withShortName(name));
        var directory = UUID.nameUUIDFromBytes((name + " device").getBytes(StandardCharsets.UTF_8));
        organizations.claim(new TenantId(directory), organization.id());
        var device = device(name + " device");
        customer.organization = Optional.of(organization);
        customer.device = Optional.of(device);
        receive(device, Feed.ALERTS, """
                {"id": "%s", "title": "Theft at %s", "severity": "high", "status": "new", "incidentId": "%s",
                 "serviceSource": "microsoftDefenderForIdentity", "createdDateTime": "2026-11-23T11:50:00Z",
                 "lastUpdateDateTime": "2026-11-23T11:55:00Z", "evidence": [{"@odata.type":
                 "#microsoft.graph.security.userEvidence", "roles": ["attacker"],
                 "userAccount": {"accountName": "mallory", "domainName": "%s"}}, {"@odata.type":
                 "#microsoft.graph.security.ipEvidence", "ipAddress": "10.0.0.7"}]}""".formatted("a" + number, name, "i" + number, name));
        receive(device, Feed.INCIDENTS, """
                {"id": "%s", "displayName": "Incident at %s", "severity": "high", "status": "active",
                 "createdDateTime": "2026-11-23T11:50:00Z", "lastUpdateDateTime": "2026-11-23T11:55:00Z"}""".formatted("i" + number, name));
        var row = ID + "0" + number;
        for (var statement : ROWS.split(";\n", -1)) {
            database.sql(statement)
                    .param("row", row)
                    .param("name", name)
                    .param("device", device.id())
                    .param("tenant", device.directory().value())
                    .param("organization", organization.id())
                    .param("original", Compressed.deflate(Original.of("{}")))
                    .update();
        }
        customer.ids.put("/vendor-alerts", "a" + number);
        customer.ids.put("/vendor-incidents", "i" + number);
        customer.ids.put("/settings/security-devices", device.id().toString());
        customer.ids.put("/settings/setup-guide", row);
        customer.ids.put("/settings/collection/quarantine", row);
        customer.ids.put("/settings/collection/unreadable", row);
        customer.ids.put("/settings/users", row);
        customer.ids.put("/settings/service-accounts", row);
        customer.ids.put("/settings/organizations", organization.id().toString());
        customer.ids.put("/api/v2/security_devices", device.id().toString());
        customer.ids.put("/api/v2/vendor_alerts", device.directory() + ":a" + number);
        customer.ids.put("/api/v2/replays", row);
        customer.ids.put("/api/v2/quarantined_windows", row);
        customer.ids.put("/api/v2/unreadable_records", row);
        customer.ids.put("/api/v2/user_accounts", row);
        customer.ids.put("/api/v2/api_keys", row);
        customer.ids.put("/api/v2/organizations", organization.id().toString());
        customer.ids.put("/api/v2/capabilities", organization.id().toString());
        addWork(customer, name);
        addDescribed(customer);
        return customer;
    }

    private static final String ROWS = """
            insert into account (id, email, display_name, password_hash, role, organization_id, created_at)
            values (:row::uuid, :name || '@example.com', :name, '', 'organization_admin', :organization, now());
            insert into api_token (id, name, role, organization_id, token_hash, created_at)
            values (:row::uuid, :name, 'organization_admin', :organization, :name::bytea, now());
            insert into tenant_setup (id, name, directory_id, organization, cloud, device_name, location, created_at,
                                      updated_at)
            select :row::uuid, :name, :tenant, guid, 'global', :name, 'cloud', now(), now()
            from organization where id = :organization;
            insert into replay (id, tenant_id, feed, purpose, range_from, range_to, position, state,
                                requested_by, requested_at)
            values (:row::uuid, :tenant, 'alerts', 'request', now() - interval '1 day', now(), now(), 'done',
                    :name, now());
            insert into quarantined_window (id, tenant_id, feed, window_from, window_to, attempts, first_at,
                                            last_at, trouble, trouble_cause, trouble_cure)
            values (:row::uuid, :tenant, 'alerts', now() - interval '1 day', now(), 1, now(), now(), 'timed_out',
                    :name, '');
            insert into unreadable_record (id, tenant_id, feed, digest, reason, first_seen_at, last_tried_at, original)
            values (:row::uuid, :tenant, 'alerts', :name::bytea, :name, now(), now(), :original);
            insert into rotation (device_id, state, actor, began_at, ended_at, detail, cure)
            values (:device, 'DONE', :name, now(), now(), :name, '');
            insert into hunting_query (id, device_id, query, timespan_ms, asked_by, asked_at, took_ms)
            values (:row::uuid, :device, :name, 1, 'ada', now(), 1)
            """;

    /** Everything that is stored of a customer, as text. */
    private Map<String, List<String>> rowsOf(Customer customer) {
        var keys = Map.of(
                "tenant_id",
                customer.device().directory().value(),
                "device_id",
                customer.device().id());
        var rows = new TreeMap<String, List<String>>();
        database.sql("""
                        select table_name, column_name from information_schema.columns
                        where table_schema = current_schema() and column_name in ('tenant_id', 'device_id')
                          and table_name not in ('lease', 'feed', 'poll_window', 'reconciliation')
                        """).query(found -> {
            var table = found.getString(1);
            var column = found.getString(2);
            rows.put(
                    table + " by " + column,
                    database.sql("select t::text from %s t where %s = :key order by 1".formatted(table, column))
                            .param("key", keys.get(column))
                            .query(String.class)
                            .list());
        });
        return rows;
    }
}
