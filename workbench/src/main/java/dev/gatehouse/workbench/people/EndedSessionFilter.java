package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns away whoever comes in a session that was ended: their account was locked, their password reset, their role changed.
 * The database is asked each time, because another process may have ended it.
 */
class EndedSessionFilter extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(EndedSessionFilter.class);

    private final Accounts accounts;

    EndedSessionFilter(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var who = SecurityContextHolder.getContext().getAuthentication();
        if (who != null && who.getPrincipal() instanceof SignedIn person && !goesOn(person)) {
            var session = request.getSession(false);
            if (session != null) {
                session.invalidate();
            }
            SecurityContextHolder.clearContext();
            Refusals.sessionHasEnded(request, response);
            return;
        }
        chain.doFilter(request, response);
    }

    private boolean goesOn(SignedIn person) {
        try {
            return Scoped.within(Scope.everything(), () -> accounts.goesOn(person));
        } catch (DataAccessException e) {
            // Whoever wants to see what is wrong with the database has to be let in.
            log.debug("A session was not looked up", e);
            return true;
        }
    }
}
