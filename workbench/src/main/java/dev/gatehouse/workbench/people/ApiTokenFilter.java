package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads {@code Authorization: Bearer …} and puts the token's rights behind the request, for this request only. Of a token
 * that does not let in it leaves behind what {@link Refusals#needsToken} is to say.
 */
class ApiTokenFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final ApiTokens tokens;
    private final ProgramSessions sessions;
    private final RequestRates rates;
    private final Refusals refusals;

    ApiTokenFilter(ApiTokens tokens, ProgramSessions sessions, RequestRates rates, Refusals refusals) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.rates = rates;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var shown = present(request);
        var wait = shown.flatMap(this::mustWait);
        if (wait.isPresent()) {
            refusals.tooMany(response, wait.get(), RequestRates.A_MINUTE);
            return;
        }
        shown.ifPresent(presented -> {
            switch (presented) {
                case Presented.Good(var token) -> letIn(token);
                case Presented.Person(var who) -> letIn(who);
                case Presented.Unknown _ -> Refusals.because(request, "Nobody here knows this token.");
                case Presented.Expired(var token, var at) ->
                    Refusals.because(request, "The token '%s' expired at %s.".formatted(token.name(), at));
                case Presented.Revoked(var token, var at) ->
                    Refusals.because(request, "The token '%s' was revoked at %s.".formatted(token.name(), at));
            }
        });
        chain.doFilter(request, response);
    }

    private static void letIn(Caller who) {
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                who, null, who.membership().authorities()));
        SecurityContextHolder.setContext(context);
    }

    private Optional<Duration> mustWait(Presented presented) {
        return switch (presented) {
            case Presented.Good(var token) -> rates.take(token.id());
            case Presented.Person(var who) -> rates.take(who.account().id());
            case Presented.Unknown _, Presented.Expired _, Presented.Revoked _ -> Optional.empty();
        };
    }

    /**
     * What a request shows.
     *
     * @throws DataAccessException when it cannot be looked up, unless whoever asks gets an answer without a token, too
     */
    private Optional<Presented> present(HttpServletRequest request) {
        try {
            return bearer(request).map(token -> Scoped.within(Scope.everything(), () -> shown(token)));
        } catch (DataAccessException e) {
            if (request.getRequestURI().startsWith(request.getContextPath() + "/actuator/health")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Presented shown(String token) {
        return sessions.present(token).<Presented>map(Presented.Person::new).orElseGet(() -> tokens.present(token));
    }

    private static Optional<String> bearer(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip());
    }
}
