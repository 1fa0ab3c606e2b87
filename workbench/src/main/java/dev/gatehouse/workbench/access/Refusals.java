package dev.gatehouse.workbench.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CsrfException;
import tools.jackson.databind.json.JsonMapper;

/** How a request is turned away: programs get JSON, people get a page. */
final class Refusals {

    static final String SIGN_IN = "/login";

    private final JsonMapper json;

    Refusals(JsonMapper json) {
        this.json = json;
    }

    /** For the API: 401 with the shape that all of the API's errors have. */
    AuthenticationEntryPoint needsToken() {
        return (request, response, failure) -> {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"gatehouse\"");
            answer(
                    response,
                    HttpStatus.UNAUTHORIZED,
                    "UNAUTHORIZED",
                    "Send 'Authorization: Bearer <token>' with a token that is known and not revoked.");
        };
    }

    /** For the API: 403. */
    AccessDeniedHandler roleDoesNotSuffice() {
        return (request, response, failure) -> answer(
                response,
                HttpStatus.FORBIDDEN,
                "EFORBIDDEN",
                "The token's role does not allow this. Use a token with the role organization_admin.");
    }

    /** For the API: 503. */
    void unavailable(HttpServletResponse response, String reason) throws IOException {
        answer(response, HttpStatus.SERVICE_UNAVAILABLE, "EUNAVAILABLE", reason);
    }

    private void answer(HttpServletResponse response, HttpStatus status, String code, String detail)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType("application/vnd.api+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        json.writeValue(
                response.getOutputStream(),
                Map.of(
                        "errors",
                        List.of(Map.of(
                                "status",
                                Integer.toString(status.value()),
                                "code",
                                code,
                                "title",
                                status.getReasonPhrase(),
                                "detail",
                                detail))));
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
                response.setHeader("HX-Redirect", request.getContextPath() + SIGN_IN);
                response.setStatus(HttpStatus.UNAUTHORIZED.value());
            } else {
                toSignIn.commence(request, response, failure);
            }
        };
    }

    /** For people: the 403 page, except that a form whose session has ended leads back to the sign-in page. */
    AccessDeniedHandler notAllowed() {
        var people = new AuthenticationTrustResolverImpl();
        return (request, response, failure) -> {
            var who = SecurityContextHolder.getContext().getAuthentication();
            if (failure instanceof CsrfException && !people.isAuthenticated(who)) {
                response.sendRedirect(request.getContextPath() + SIGN_IN + "?expired");
            } else {
                response.sendError(HttpStatus.FORBIDDEN.value());
            }
        };
    }

    private static boolean isFragment(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null;
    }
}
