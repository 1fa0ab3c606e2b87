package dev.gatehouse.workbench.people;

import static dev.gatehouse.workbench.people.Right.HUNT;
import static dev.gatehouse.workbench.people.Right.MANAGE_DETECTIONS;
import static dev.gatehouse.workbench.people.Right.MANAGE_DEVICES;
import static dev.gatehouse.workbench.people.Right.MANAGE_NOTIFICATIONS;
import static dev.gatehouse.workbench.people.Right.MANAGE_ORGANIZATIONS;
import static dev.gatehouse.workbench.people.Right.MANAGE_PEOPLE;
import static dev.gatehouse.workbench.people.Right.OPERATE;
import static dev.gatehouse.workbench.people.Right.READ;
import static dev.gatehouse.workbench.people.Right.REQUEST_SUPPORT;
import static dev.gatehouse.workbench.people.Right.SEE_INSTALLATION;
import static dev.gatehouse.workbench.people.Right.SEE_PEOPLE;
import static dev.gatehouse.workbench.people.Right.WORK_ALERTS;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Every address that is open to somebody, with the right that opens it. All others are closed to everybody: whoever adds a
 * page or a resource opens it here. Of several patterns that fit a request the most specific counts, as it does for the
 * method that answers.
 */
final class OpenAddresses {

    /** For people. */
    static final List<Opening> PAGES = all(List.of(
            open(READ, GET, "/", "/live", "/account/password", "/account/preferences", "/organizations"),
            open(READ, POST, "/account/password", "/account/preferences"),
            open(
                    READ,
                    GET,
                    "/login/code",
                    "/login/second-factor",
                    "/account/second-factor",
                    "/account/second-factor/set-up"),
            open(
                    READ,
                    POST,
                    "/login/code",
                    "/login/second-factor",
                    "/account/second-factor/set-up",
                    "/account/second-factor/recovery-codes",
                    "/account/second-factor/remove"),
            open(READ, GET, "/account/views", "/account/views/add"),
            open(READ, POST, "/account/views", "/account/views/{id}/remove"),
            open(READ, GET, "/search", "/search/suggestions", "/entities"),
            open(READ, GET, "/alerts", "/alerts/{id}"),
            open(
                    READ,
                    GET,
                    "/dashboards/alert-analysis",
                    "/dashboards/alert-analysis/{id}",
                    "/dashboards/alert-analysis/{id}/alerts.csv",
                    "/dashboards/raw-events",
                    "/dashboards/time-metrics",
                    "/dashboards/time-metrics.csv",
                    "/dashboards/mitre-attack",
                    "/dashboards/mitre-attack.csv"),
            open(WORK_ALERTS, POST, "/alerts"),
            open(
                    READ,
                    GET,
                    "/vendor-alerts",
                    "/vendor-alerts/{tenant}/{id}",
                    "/vendor-alerts/{tenant}/{id}/original",
                    "/vendor-alerts/{tenant}/{id}/changes",
                    "/vendor-incidents",
                    "/vendor-incidents/{tenant}/{id}",
                    "/vendor-incidents/{tenant}/{id}/original",
                    "/vendor-incidents/{tenant}/{id}/changes"),
            open(READ, GET, "/detections/rules", "/detections/rules/{id}"),
            open(
                    MANAGE_DETECTIONS,
                    GET,
                    "/detections/add-rule",
                    "/detections/rules/{id}/edit",
                    "/detections/rules/{id}/history"),
            open(
                    MANAGE_DETECTIONS,
                    POST,
                    "/detections/rules",
                    "/detections/rules/{id}",
                    "/detections/rules/{id}/off",
                    "/detections/rules/{id}/on",
                    "/detections/rules/{id}/remove",
                    "/detections/rules/{id}/history",
                    "/detections/rules/{id}/history/apply",
                    "/detections/rules/{id}/history/stop"),
            open(
                    READ,
                    GET,
                    "/detections/suppressions",
                    "/detections/suppressions/{id}",
                    "/detections/suppressions/{id}/suppression.yaml"),
            open(
                    MANAGE_DETECTIONS,
                    GET,
                    "/detections/add-suppression",
                    "/detections/import-suppression",
                    "/detections/suppressions/{id}/edit"),
            open(
                    MANAGE_DETECTIONS,
                    POST,
                    "/detections/suppressions",
                    "/detections/import-suppression",
                    "/detections/suppressions/{id}",
                    "/detections/suppressions/{id}/dry-run",
                    "/detections/suppressions/{id}/live",
                    "/detections/suppressions/{id}/review",
                    "/detections/suppressions/{id}/withdraw"),
            open(WORK_ALERTS, GET, "/people/assignable"),
            open(
                    READ,
                    GET,
                    "/activity",
                    "/activity/by-number",
                    "/activity/by-number/{number}",
                    "/activity/{id}",
                    "/activity/{id}/{section}",
                    "/activity/{id}/news",
                    "/activity/{id}/report",
                    "/activity/{id}/files/{file}/download"),
            open(
                    WORK_ALERTS,
                    POST,
                    "/activity",
                    "/activity/{id}",
                    "/activity/{id}/close",
                    "/activity/{id}/reopen",
                    "/activity/{id}/promote",
                    "/activity/{id}/downgrade",
                    "/activity/{id}/review",
                    "/activity/{id}/sent",
                    "/activity/{id}/alerts",
                    "/activity/{id}/alerts/{alert}/remove",
                    "/activity/{id}/alerts/{alert}/lead",
                    "/activity/{id}/findings",
                    "/activity/{id}/findings/{finding}",
                    "/activity/{id}/findings/{finding}/move",
                    "/activity/{id}/findings/{finding}/delete",
                    "/activity/{id}/comments",
                    "/activity/{id}/comments/{comment}",
                    "/activity/{id}/comments/{comment}/delete",
                    "/activity/{id}/files",
                    "/activity/{id}/files/{file}/delete",
                    "/activity/{id}/timeline",
                    "/activity/{id}/timeline/{entry}",
                    "/activity/{id}/timeline/{entry}/delete",
                    "/activity/{id}/actions",
                    "/activity/{id}/actions/{action}",
                    "/activity/{id}/actions/{action}/answer",
                    "/activity/{id}/remediation",
                    "/activity/{id}/remediation/{remediation}",
                    "/activity/{id}/remediation/{remediation}/delete"),
            open(REQUEST_SUPPORT, POST, "/activity/{id}/support"),
            // Past queries are a history, which everybody may read.
            open(READ, GET, "/hunting"),
            open(HUNT, POST, "/hunting"),
            open(
                    READ,
                    GET,
                    "/settings/security-devices",
                    "/settings/security-devices/names",
                    "/settings/security-devices/{id}"),
            open(
                    MANAGE_DEVICES,
                    GET,
                    "/settings/security-devices/add",
                    "/settings/security-devices/{id}/edit",
                    "/settings/security-devices/{id}/console-access",
                    "/settings/security-devices/{id}/test",
                    "/settings/security-devices/{id}/delete"),
            open(
                    MANAGE_DEVICES,
                    POST,
                    "/settings/security-devices",
                    "/settings/security-devices/check",
                    "/settings/security-devices/test",
                    "/settings/security-devices/{id}",
                    "/settings/security-devices/{id}/check",
                    "/settings/security-devices/{id}/test",
                    "/settings/security-devices/{id}/console-access",
                    "/settings/security-devices/{id}/delete",
                    "/settings/security-devices/{id}/enable",
                    "/settings/security-devices/{id}/disable",
                    "/settings/security-devices/{id}/rotate",
                    "/settings/security-devices/{id}/rotate/cancel"),
            open(
                    OPERATE,
                    POST,
                    "/settings/security-devices/{id}/poll",
                    "/settings/security-devices/{id}/replays",
                    "/settings/security-devices/{id}/replays/{replay}/cancel"),
            open(READ, GET, "/settings/setup-guide", "/settings/setup-guide/{id}", "/settings/setup-guide/{id}/print"),
            open(
                    MANAGE_DEVICES,
                    GET,
                    "/settings/setup-guide/add",
                    "/settings/setup-guide/{id}/edit",
                    "/settings/setup-guide/{id}/delete",
                    "/settings/setup-guide/{id}/script/{language}"),
            open(
                    MANAGE_DEVICES,
                    POST,
                    "/settings/setup-guide",
                    "/settings/setup-guide/{id}",
                    "/settings/setup-guide/{id}/delete",
                    "/settings/setup-guide/{id}/sign-in",
                    "/settings/setup-guide/{id}/confirm",
                    "/settings/setup-guide/{id}/cancel",
                    "/settings/setup-guide/{id}/connection"),
            open(
                    READ,
                    GET,
                    "/settings/collection",
                    "/settings/collection/ledger",
                    "/settings/collection/reconciliation",
                    "/settings/collection/quarantine",
                    "/settings/collection/unreadable",
                    "/settings/collection/unreadable/{id}",
                    "/settings/collection/unreadable/{id}/original"),
            open(
                    OPERATE,
                    POST,
                    "/settings/collection/reconciliation",
                    "/settings/collection/quarantine/retry",
                    "/settings/collection/quarantine/{id}/retry",
                    "/settings/collection/unreadable/retry",
                    "/settings/collection/unreadable/{id}/retry"),
            // Of all organizations together, so only for SOC people.
            open(
                    SEE_INSTALLATION,
                    GET,
                    "/settings/collection/processes",
                    "/settings/collection/budget",
                    "/settings/organizations"),
            open(MANAGE_ORGANIZATIONS, GET, "/settings/organizations/add", "/settings/organizations/{id}/edit"),
            open(MANAGE_ORGANIZATIONS, POST, "/settings/organizations", "/settings/organizations/{id}"),
            open(READ, GET, "/settings/my-organization"),
            open(MANAGE_DETECTIONS, POST, "/settings/my-organization/tuning"),
            open(READ, GET, "/settings/notes", "/settings/notes/{id}"),
            open(WORK_ALERTS, GET, "/settings/notes/add", "/settings/notes/{id}/edit"),
            open(WORK_ALERTS, POST, "/settings/notes", "/settings/notes/{id}", "/settings/notes/{id}/remove"),
            open(READ, GET, "/settings/context", "/settings/context/{id}"),
            open(MANAGE_DETECTIONS, GET, "/settings/context/add", "/settings/context/{id}/edit"),
            open(
                    MANAGE_DETECTIONS,
                    POST,
                    "/settings/context",
                    "/settings/context/{id}",
                    "/settings/context/{id}/remove"),
            open(
                    READ,
                    GET,
                    "/settings/integrations",
                    "/settings/integrations/{id}",
                    "/settings/integrations/{id}/deliveries/{delivery}",
                    "/settings/notifications",
                    "/account/notifications",
                    "/account/notifications/add",
                    "/account/notifications/{id}/edit"),
            // Everybody's own.
            open(
                    READ,
                    POST,
                    "/account/notifications",
                    "/account/notifications/{id}",
                    "/account/notifications/{id}/remove"),
            open(
                    MANAGE_NOTIFICATIONS,
                    GET,
                    "/settings/integrations/add",
                    "/settings/integrations/{id}/edit",
                    "/settings/notifications/add",
                    "/settings/notifications/{id}/edit"),
            open(
                    MANAGE_NOTIFICATIONS,
                    POST,
                    "/settings/integrations",
                    "/settings/integrations/{id}",
                    "/settings/integrations/{id}/test",
                    "/settings/integrations/{id}/remove",
                    "/settings/integrations/{id}/deliveries/{delivery}/again",
                    "/settings/notifications",
                    "/settings/notifications/usual",
                    "/settings/notifications/{id}",
                    "/settings/notifications/{id}/remove"),
            open(SEE_PEOPLE, GET, "/settings/users", "/settings/service-accounts"),
            open(
                    MANAGE_PEOPLE,
                    GET,
                    "/settings/users/add",
                    "/settings/users/{id}/edit",
                    "/settings/service-accounts/add"),
            open(
                    MANAGE_PEOPLE,
                    POST,
                    "/settings/users",
                    "/settings/users/{id}",
                    "/settings/users/{id}/lock",
                    "/settings/users/{id}/unlock",
                    "/settings/users/{id}/reset-password",
                    "/settings/users/{id}/end-sessions",
                    "/settings/users/{id}/remove-second-factor",
                    "/settings/service-accounts",
                    "/settings/service-accounts/{id}/revoke")));

    /** For programs. */
    static final List<Opening> API = all(List.of(
            open(
                    READ,
                    GET,
                    "/api/v2/security_devices/{id}/credential_replacement",
                    "/api/v2/service_metrics/export/beta",
                    "/api/v2/openapi.json",
                    "/api/v2/capabilities/{id}",
                    "/api/v2/files/{id}/download",
                    "/api/v2/tasks/{id}/download",
                    "/api/v2/suppressions/{id}/dry_run",
                    "/api/v2/suppressions/{id}/dry_run/alerts",
                    "/api/v2/poll_windows",
                    "/api/v2/reconciliations",
                    "/api/v2/replays",
                    "/api/v2/replays/{id}",
                    "/api/v2/quarantined_windows",
                    "/api/v2/quarantined_windows/{id}",
                    "/api/v2/unreadable_records",
                    "/api/v2/unreadable_records/{id}"),
            open(HUNT, POST, "/api/v2/hunting_queries"),
            open(WORK_ALERTS, POST, "/api/v2/files/{id}/upload"),
            open(
                    MANAGE_DETECTIONS,
                    POST,
                    "/api/v2/detections/check",
                    "/api/v2/suppressions",
                    "/api/v2/suppressions/check",
                    "/api/v2/suppressions/{id}/dry_run",
                    "/api/v2/suppressions/{id}/live",
                    "/api/v2/suppressions/{id}/review",
                    "/api/v2/suppressions/{id}/withdraw"),
            open(MANAGE_DETECTIONS, PATCH, "/api/v2/suppressions/{id}"),
            open(MANAGE_NOTIFICATIONS, POST, "/api/v2/integrations/{id}/test"),
            open(
                    OPERATE,
                    POST,
                    "/api/v2/security_devices/{id}/poll",
                    "/api/v2/reconciliations",
                    "/api/v2/replays",
                    "/api/v2/replays/{id}/cancel",
                    "/api/v2/quarantined_windows/{id}/retry",
                    "/api/v2/unreadable_records/retry",
                    "/api/v2/unreadable_records/{id}/retry"),
            open(
                    MANAGE_DEVICES,
                    POST,
                    "/api/v2/security_devices",
                    "/api/v2/security_devices/test",
                    "/api/v2/security_devices/{id}/test",
                    "/api/v2/security_devices/{id}/credential_replacement",
                    "/api/v2/security_device_imports"),
            // Of all organizations together, so only for SOC people.
            open(SEE_INSTALLATION, GET, "/api/v2/processes", "/api/v2/request_budgets", "/actuator/prometheus"),
            open(
                    MANAGE_PEOPLE,
                    POST,
                    "/api/v2/user_accounts/{id}/reset_password",
                    "/api/v2/user_accounts/{id}/end_sessions",
                    "/api/v2/user_accounts/{id}/remove_second_factor",
                    "/api/v2/api_keys/{id}/revoke")));

    /** The answer to a request that no opening fits. */
    private static final class Closed extends AuthorizationDecision {
        private static final long serialVersionUID = 1L;

        Closed() {
            super(false);
        }
    }

    private OpenAddresses() {}

    /** All for programs, with those that are described elsewhere. */
    static List<Opening> api(Collection<? extends ApiAddresses> more) {
        return Stream.concat(API.stream(), more.stream().flatMap(each -> all(List.of(each.openings())).stream()))
                .toList();
    }

    /** Opens these and closes everything else. */
    static void only(
            List<Opening> openings,
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules) {
        openings.stream()
                .sorted(Comparator.comparing(
                        opening -> PathPatternParser.defaultInstance.parse(opening.pattern()),
                        PathPattern.SPECIFICITY_COMPARATOR))
                .forEach(opening -> rules.requestMatchers(opening.method(), opening.pattern())
                        .hasAuthority(opening.right().name()));
        rules.anyRequest().access((who, request) -> new Closed());
    }

    /** Whether it was refused because the address is open to nobody. */
    static boolean isClosed(AccessDeniedException failure) {
        return failure instanceof AuthorizationDeniedException denied
                && denied.getAuthorizationResult() instanceof Closed;
    }

    /** The right that would have opened the address; empty when it was refused for another reason. */
    static List<Right> missing(AccessDeniedException failure) {
        return failure instanceof AuthorizationDeniedException denied
                        && denied.getAuthorizationResult() instanceof AuthorityAuthorizationDecision decision
                ? decision.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .map(Right::valueOf)
                        .toList()
                : List.of();
    }

    private static List<Opening> open(Right right, HttpMethod method, String... patterns) {
        return Arrays.stream(patterns)
                .map(pattern -> new Opening(right, method, pattern))
                .toList();
    }

    /** Whatever may be got may be asked about. */
    private static List<Opening> all(List<List<Opening>> openings) {
        return openings.stream()
                .flatMap(Collection::stream)
                .flatMap(opening -> opening.method().equals(GET)
                        ? Stream.of(opening, new Opening(opening.right(), HEAD, opening.pattern()))
                        : Stream.of(opening))
                .toList();
    }
}
