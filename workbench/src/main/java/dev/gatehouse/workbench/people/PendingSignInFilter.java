package dev.gatehouse.workbench.people;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Leads whoever has given a password only to the page that asks for the rest; nothing else is open to them. */
class PendingSignInFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var who = SecurityContextHolder.getContext().getAuthentication();
        var pending = PendingSignIn.of(request);
        if (pending.isEmpty()
                || who == null
                || !(who.getPrincipal() instanceof SignedIn)
                || isOpen(request, pending.get())) {
            chain.doFilter(request, response);
            return;
        }
        var page = request.getContextPath() + pending.get().page();
        if (Refusals.isFragment(request)) {
            response.setHeader("HX-Redirect", page);
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        } else {
            response.sendRedirect(page);
        }
    }

    private static boolean isOpen(HttpServletRequest request, PendingSignIn pending) {
        var path = request.getRequestURI().substring(request.getContextPath().length());
        return path.equals(pending.page())
                || path.equals(Refusals.SIGN_OUT)
                || path.startsWith("/css/")
                || path.startsWith("/js/")
                || path.startsWith("/images/")
                || path.equals("/favicon.svg");
    }
}
