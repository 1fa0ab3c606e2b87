package dev.gatehouse.workbench.people;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads {@code Authorization: Bearer …} and puts the token's role behind the request, for this request only. */
class ApiTokenFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final ApiTokens tokens;

    ApiTokenFilter(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        find(request).ifPresent(token -> {
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                    token, null, List.of(token.role().authority())));
            SecurityContextHolder.setContext(context);
        });
        chain.doFilter(request, response);
    }

    /**
     * The token of a request that is known.
     *
     * @throws DataAccessException when it cannot be looked up, unless whoever asks gets an answer without a token, too
     */
    private Optional<ApiToken> find(HttpServletRequest request) {
        try {
            return bearer(request).flatMap(tokens::find);
        } catch (DataAccessException e) {
            if (request.getRequestURI().startsWith(request.getContextPath() + "/actuator/health")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Optional<String> bearer(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip());
    }
}
