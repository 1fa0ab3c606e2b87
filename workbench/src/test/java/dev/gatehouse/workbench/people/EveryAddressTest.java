package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.web.ScreenTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Walks every address that a method of ours answers, as everybody and as nobody. */
class EveryAddressTest extends ScreenTest {

    /** What strangers come in by, and what only the server itself goes to. */
    private static final Set<String> NOT_FOR_A_RIGHT =
            Set.of("GET /login", "GET /error", "POST /auth/v0/login", "POST /api/v2/login");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping routes;

    @Autowired
    private List<ApiAddresses> described;

    @Autowired
    private ApiTokens tokens;

    @Autowired
    private Organizations organizations;

    /** The security log, which other tests read, writes only so many refusals a minute. */
    @AfterEach
    void letAMinutePass() throws Exception {
        clock.advance(Duration.ofMinutes(1));
        var noRight = new Opening(Right.MANAGE_DEVICES, HttpMethod.GET, "/settings/security-devices/add");
        ask(noRight, Optional.of(Membership.ofProvider(Role.AUDITOR)), Optional.empty());
        ask(api().getFirst(), Optional.empty(), Optional.empty());
    }

    @Test
    void isOpenedByExactlyOneRight() {
        var opened = Stream.concat(OpenAddresses.PAGES.stream(), api().stream())
                .filter(opening -> !opening.method().equals(HttpMethod.HEAD))
                .filter(opening -> !opening.pattern().startsWith("/actuator/"))
                .map(EveryAddressTest::address)
                .toList();

        assertThat(opened).doesNotHaveDuplicates();
        assertThat(routes())
                .filteredOn(route -> !NOT_FOR_A_RIGHT.contains(route))
                .containsExactlyInAnyOrderElementsOf(opened);
    }

    @Test
    void sendsStrangersToTheSignInPageOrRefusesThem() throws Exception {
        for (var opening : OpenAddresses.PAGES) {
            var response = ask(opening, Optional.empty(), Optional.empty());
            assertThat(response.getStatus()).as(address(opening)).isEqualTo(302);
            assertThat(response.getRedirectedUrl()).as(address(opening)).isEqualTo("/login");
        }
        for (var opening : api()) {
            assertThat(ask(opening, Optional.empty(), Optional.empty()).getStatus())
                    .as(address(opening))
                    .isEqualTo(401);
        }
    }

    private List<Opening> api() {
        return OpenAddresses.api(described);
    }

    static Stream<Somebody> everybody() {
        return Stream.of(Role.values()).flatMap(role -> Stream.of(true, false)
                .filter(atOrganization -> atOrganization ? role.mayBelongToOrganization() : role.mayBelongToProvider())
                .map(atOrganization -> new Somebody(role, atOrganization)));
    }

    /** Somebody with a role, at an organization or at the provider. */
    record Somebody(Role role, boolean atOrganization) {}

    @ParameterizedTest
    @MethodSource("everybody")
    void letsNobodyInWithoutTheRight(Somebody who) throws Exception {
        var membership = membership(who);
        var token = tokens.draw();
        tokens.add("A script", membership, token);
        for (var opening : OpenAddresses.PAGES) {
            if (!membership.may(opening.right())) {
                assertThat(ask(opening, Optional.of(membership), Optional.empty())
                                .getStatus())
                        .as("%s as %s", address(opening), who)
                        .isIn(403, 404);
            }
        }
        for (var opening : api()) {
            if (!membership.may(opening.right())) {
                assertThat(ask(opening, Optional.empty(), Optional.of(token)).getStatus())
                        .as("%s as %s", address(opening), who)
                        .isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everybody")
    void refusesNobodyWhoHasTheRight(Somebody who) throws Exception {
        var membership = membership(who);
        var token = tokens.draw();
        tokens.add("A script", membership, token);
        for (var opening : OpenAddresses.PAGES) {
            // An open stream does not end by itself.
            if (membership.may(opening.right()) && !opening.pattern().equals("/live")) {
                assertThat(ask(opening, Optional.of(membership), Optional.empty())
                                .getStatus())
                        .as("%s as %s", address(opening), who)
                        .isNotIn(401, 403);
            }
        }
        for (var opening : api()) {
            if (membership.may(opening.right())) {
                assertThat(ask(opening, Optional.empty(), Optional.of(token)).getStatus())
                        .as("%s as %s", address(opening), who)
                        .isNotIn(401, 403);
            }
        }
    }

    /** The tests above believe the list of addresses. These are promises to people. */
    @ParameterizedTest
    @CsvSource({
        "AUDITOR, true, GET, /hunting, true",
        "AUDITOR, true, POST, /hunting, false",
        "AUDITOR, true, GET, /settings/users, true",
        "AUDITOR, true, POST, /settings/users, false",
        "AUDITOR, true, POST, /settings/collection/quarantine/retry, false",
        "AUDITOR, true, GET, /settings/collection/processes, false",
        "AUDITOR, false, GET, /settings/collection/processes, true",
        "ORGANIZATION_ANALYST, true, GET, /vendor-alerts, true",
        "ORGANIZATION_ANALYST, true, POST, /hunting, true",
        "ORGANIZATION_ANALYST, true, POST, /settings/security-devices/{id}/poll, false",
        "ORGANIZATION_ANALYST, true, GET, /settings/users, false",
        "ORGANIZATION_ANALYST, true, GET, /detections/rules, true",
        "ORGANIZATION_ANALYST, true, POST, /detections/rules, false",
        "ORGANIZATION_ADMIN, true, POST, /detections/rules, true",
        "SOC_ANALYST, false, POST, /detections/rules, true",
        "AUDITOR, true, POST, /detections/rules/{id}/off, false",
        "ORGANIZATION_ADMIN, true, POST, /settings/security-devices, true",
        "ORGANIZATION_ADMIN, true, POST, /settings/setup-guide, true",
        "ORGANIZATION_ADMIN, true, POST, /settings/users, true",
        "ORGANIZATION_ADMIN, true, POST, /settings/service-accounts, true",
        "ORGANIZATION_ADMIN, true, GET, /settings/organizations, false",
        "ORGANIZATION_ADMIN, true, GET, /settings/collection/processes, false",
        "ORGANIZATION_ADMIN, true, GET, /settings/collection/budget, false",
        "SOC_ANALYST, false, POST, /hunting, true",
        "SOC_ANALYST, false, POST, /settings/security-devices/{id}/poll, true",
        "SOC_ANALYST, false, POST, /settings/security-devices/{id}/replays, true",
        "SOC_ANALYST, false, POST, /settings/collection/quarantine/retry, true",
        "SOC_ANALYST, false, POST, /settings/collection/unreadable/retry, true",
        "SOC_ANALYST, false, POST, /settings/collection/reconciliation, true",
        "SOC_ANALYST, false, GET, /settings/collection/processes, true",
        "SOC_ANALYST, false, POST, /settings/security-devices, false",
        "SOC_ANALYST, false, POST, /settings/security-devices/{id}/delete, false",
        "SOC_ANALYST, false, POST, /settings/setup-guide, false",
        "SOC_ANALYST, false, POST, /settings/users, false",
        "SOC_ANALYST, false, POST, /settings/organizations, false",
        "SOC_ADMIN, false, POST, /settings/organizations, true",
        "SOC_ADMIN, false, GET, /settings/collection/processes, true"
    })
    void keepsWhatIsPromised(Role role, boolean atOrganization, String method, String pattern, boolean isOpen)
            throws Exception {
        var address = new Opening(Right.READ, HttpMethod.valueOf(method), pattern);
        var status = ask(address, Optional.of(membership(new Somebody(role, atOrganization))), Optional.empty())
                .getStatus();

        assertThat(status != 403).as("%s answered with %d", pattern, status).isEqualTo(isOpen);
    }

    @Test
    void saysThatAnAddressWhichNothingOpensIsNotThere() throws Exception {
        var token = tokens.draw();
        tokens.add("A script", Membership.ofProvider(Role.SOC_ADMIN), token);
        var nothing = new Opening(Right.READ, HttpMethod.GET, "/api/v2/nothing");

        assertThat(ask(nothing, Optional.empty(), Optional.of(token)).getStatus())
                .isEqualTo(404);
        assertThat(ask(nothing, Optional.empty(), Optional.of(token)).getContentAsString())
                .contains("ENOTFOUND", "docs/api.md");
        assertThat(open("/settings/nothing")).hasStatus(404);
    }

    private Membership membership(Somebody who) {
        return new Membership(who.role(), who.atOrganization() ? Optional.of(acme()) : Optional.empty());
    }

    private UUID acme() {
        return organizations
                .named(Scope.everything(), "ACME")
                .orElseGet(() -> organizations.add(OrganizationDraft.named("Acme")))
                .id();
    }

    private MockHttpServletResponse ask(Opening opening, Optional<Membership> person, Optional<String> token)
            throws Exception {
        // Nothing has such an id, so that nothing is changed by those who may.
        var path = opening.pattern().replaceAll("\\{[a-z]+}", "7d9cdd4d-0000-4000-8000-000000000000");
        MockHttpServletRequestBuilder request =
                request(opening.method(), URI.create(path)).contentType("application/x-www-form-urlencoded");
        person.ifPresent(membership -> request.with(people.a(membership)));
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        return mvc.perform(request.with(csrf())).andReturn().getResponse();
    }

    private static String address(Opening opening) {
        return opening.method() + " " + opening.pattern();
    }

    /** Method and pattern of all that a method of ours answers, without what two methods share by parameter. */
    private List<String> routes() {
        var all = new TreeSet<String>();
        for (var mapping : routes.getHandlerMethods().keySet()) {
            var verbs = mapping.getMethodsCondition().getMethods();
            for (var verb : verbs.isEmpty() ? Set.of(RequestMethod.GET) : verbs) {
                mapping.getPatternValues().forEach(pattern -> all.add(verb + " " + pattern));
            }
        }
        return List.copyOf(all);
    }
}
