package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.GenericFilterBean;

/**
 * Lets everything behind it see what the person or program that asks may see, and no more. SOC people may narrow it to one
 * organization by the address; for whoever belongs to one, such addresses do not exist.
 */
class ScopeFilter extends GenericFilterBean {

    private final Organizations organizations;

    ScopeFilter(Organizations organizations) {
        this.organizations = organizations;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var own = scopeOf(SecurityContextHolder.getContext().getAuthentication());
        var chosen = OrganizationAddressFilter.chosen((HttpServletRequest) request);
        var scope = chosen.isEmpty() ? Optional.of(own) : narrowed(own, chosen.get());
        if (scope.isEmpty() && request.getDispatcherType() == DispatcherType.ERROR) {
            // The page that says so.
            scope = Optional.of(Scope.nothing());
        }
        if (scope.isEmpty()) {
            ((HttpServletResponse) response).sendError(HttpStatus.NOT_FOUND.value());
            return;
        }
        var seen = scope.get();
        ScopeOfRequest.run(seen, () -> chain.doFilter(request, response));
    }

    /** What somebody may see who has signed in as that. */
    static Scope scopeOf(@Nullable Authentication who) {
        return who == null || !who.isAuthenticated()
                ? Scope.nothing()
                : Caller.of(who).map(Caller::scope).orElseGet(Scope::nothing);
    }

    private Optional<Scope> narrowed(Scope own, String shortName) {
        return own instanceof Scope.Everything
                ? Scoped.within(own, () -> organizations.named(own, shortName))
                        .map(organization -> Scope.of(organization.id()))
                : Optional.empty();
    }
}
