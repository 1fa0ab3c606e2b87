package dev.gatehouse.workbench.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** How a request is turned away: programs get JSON, people get a page; the security log gets a line. */
@Component
class Refusals {

    static final String SIGN_IN = "/login";

    /** Where sessions end. */
    static final String SIGN_OUT = "/logout";

    /** Where a request carries why its token does not let in. */
    private static final String REASON = Refusals.class.getName() + ".reason";

    /** For a request in the name of a host that is not ours. Spring has no word for this status. */
    static final int MISDIRECTED = 421;

    private final JsonMapper json;
    private final SecurityLog security;

    Refusals(JsonMapper json, SecurityLog security) {
        this.json = json;
        this.security = security;
    }

    /** For the API: 401 with the shape that all of the API's errors have. */
    AuthenticationEntryPoint needsToken() {
        return (request, response, failure) -> {
            security.refused(HttpStatus.UNAUTHORIZED.value(), request);
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"gatehouse\"");
            var reason = request.getAttribute(REASON) instanceof String known ? known + " " : "";
            answer(
                    response,
                    HttpStatus.UNAUTHORIZED,
                    "UNAUTHORIZED",
                    reason
                            + "Send 'Authorization: Bearer <token>' with a token that is known, not expired and not revoked.");
        };
    }

    /** Has {@link #needsToken} say why the token of this request does not let in. */
    static void because(HttpServletRequest request, String sentence) {
        request.setAttribute(REASON, sentence);
    }

    /** For the API: 403, or 404 for an address that nothing opens. */
    AccessDeniedHandler roleDoesNotSuffice() {
        return (request, response, failure) -> {
            if (OpenAddresses.isClosed(failure)) {
                answer(
                        response,
                        HttpStatus.NOT_FOUND,
                        "ENOTFOUND",
                        "%s %s is nothing that the API does. docs/api.md lists what it does."
                                .formatted(request.getMethod(), request.getRequestURI()));
                return;
            }
            security.refused(HttpStatus.FORBIDDEN.value(), request);
            answer(
                    response,
                    HttpStatus.FORBIDDEN,
                    "EFORBIDDEN",
                    "The token's role does not allow this. Use a token of a role that does: %s."
                            .formatted(rolesWith(failure)));
        };
    }

    private static String rolesWith(AccessDeniedException failure) {
        return OpenAddresses.missing(failure).stream()
                .flatMap(right -> Arrays.stream(Role.values())
                        .filter(role -> role.rights().contains(right)))
                .map(Role::key)
                .collect(Collectors.joining(", "));
    }

    /** For the API: 503. */
    void unavailable(HttpServletResponse response, String reason) throws IOException {
        answer(response, HttpStatus.SERVICE_UNAVAILABLE, "EUNAVAILABLE", reason);
    }

    /** For the API: 429, with the seconds until the next request is answered. */
    void tooMany(HttpServletResponse response, Duration wait, int aMinute) throws IOException {
        response.setHeader(
                HttpHeaders.RETRY_AFTER, Long.toString(wait.plusMillis(999).toSeconds()));
        answer(
                response,
                HttpStatus.TOO_MANY_REQUESTS,
                "ETOOMANY",
                "This token sends more than %d requests a minute. Retry-After says when to ask again."
                        .formatted(aMinute));
    }

    /** For everybody who comes in the name of another host: 421. */
    void misdirected(HttpServletRequest request, HttpServletResponse response, String cure) throws IOException {
        security.refused(MISDIRECTED, request);
        if (isFromProgram(request)) {
            answer(response, MISDIRECTED, "Misdirected Request", "EMISDIRECTED", cure);
        } else {
            response.setStatus(MISDIRECTED);
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().println(cure);
        }
    }

    /** Whether a request is for an address that programs use. */
    static boolean isFromProgram(HttpServletRequest request) {
        var path = request.getRequestURI().substring(request.getContextPath().length());
        return path.startsWith("/api/") || path.startsWith("/auth/") || path.startsWith("/actuator/");
    }

    private void answer(HttpServletResponse response, HttpStatus status, String code, String detail)
            throws IOException {
        answer(response, status.value(), status.getReasonPhrase(), code, detail);
    }

    private void answer(HttpServletResponse response, int status, String title, String code, String detail)
            throws IOException {
        response.setStatus(status);
        response.setContentType("application/vnd.api+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        json.writeValue(
                response.getOutputStream(),
                Map.of(
                        "errors",
                        List.of(Map.of(
                                "status", Integer.toString(status), "code", code, "title", title, "detail", detail))));
    }

    /**
     * For people: the sign-in page. A fragment's request is told to go there as a whole page, otherwise the sign-in page
     * would be put in the middle of a table.
     */
    AuthenticationEntryPoint needsSignIn() {
        var toSignIn = new LoginUrlAuthenticationEntryPoint(SIGN_IN);
        toSignIn.setFavorRelativeUris(true);
        return (request, response, failure) -> {
            if (isFragment(request)) {
                security.refused(HttpStatus.UNAUTHORIZED.value(), request);
                response.setHeader("HX-Redirect", request.getContextPath() + SIGN_IN);
                response.setStatus(HttpStatus.UNAUTHORIZED.value());
            } else {
                toSignIn.commence(request, response, failure);
            }
        };
    }

    /** For people: the sign-in page, which says that the session has ended; all of it, also when a fragment was wanted. */
    static void sessionHasEnded(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var signIn = request.getContextPath() + SIGN_IN + "?expired";
        if (isFragment(request)) {
            response.setHeader("HX-Redirect", signIn);
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        } else {
            response.sendRedirect(signIn);
        }
    }

    /**
     * For people: the 403 page, or the 404 page for an address that nothing opens; except that a form whose session has
     * ended leads back to the sign-in page.
     */
    AccessDeniedHandler notAllowed() {
        var people = new AuthenticationTrustResolverImpl();
        return (request, response, failure) -> {
            var who = SecurityContextHolder.getContext().getAuthentication();
            if (failure instanceof CsrfException && !people.isAuthenticated(who)) {
                response.sendRedirect(request.getContextPath() + SIGN_IN + "?expired");
            } else if (OpenAddresses.isClosed(failure)) {
                response.sendError(HttpStatus.NOT_FOUND.value());
            } else {
                security.refused(HttpStatus.FORBIDDEN.value(), request);
                response.sendError(HttpStatus.FORBIDDEN.value());
            }
        };
    }

    static boolean isFragment(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null;
    }
}
