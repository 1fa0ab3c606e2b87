package dev.gatehouse.workbench.people;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads which organization SOC people have chosen to look at: each page has an address below {@code /o/ACME}, too, where
 * ACME is the organization's short name. To all that comes after, the prefix is where the application stands, so that links,
 * forms, redirects and live updates stay below it by themselves. Whether somebody may look there, {@link ScopeFilter}
 * decides.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 6)
class OrganizationAddressFilter extends OncePerRequestFilter {

    private static final Pattern CHOSEN = Pattern.compile("(/o/([A-Za-z][A-Za-z0-9]{1,9}))(/(?!api/|actuator/).*)?");

    private static final String ATTRIBUTE = OrganizationAddressFilter.class.getName();

    /** The short name that stands in the address, as it was typed; empty when none does. */
    static Optional<String> chosen(HttpServletRequest request) {
        return Optional.ofNullable((String) request.getAttribute(ATTRIBUTE));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isCutOff(request)) {
            chain.doFilter(new Below(request, request.getContextPath(), request.getRequestURI()), response);
            return;
        }
        var found = CHOSEN.matcher(request.getRequestURI());
        if (!found.matches()) {
            chain.doFilter(request, response);
            return;
        }
        if (found.group(3) == null) {
            response.sendRedirect(request.getRequestURI() + "/");
            return;
        }
        request.setAttribute(ATTRIBUTE, found.group(2));
        chain.doFilter(new Below(request, found.group(1), found.group(3)), response);
    }

    /**
     * On an asynchronous dispatch Tomcat leaves the prefix as the place of the application and cuts it off the address, which
     * Spring takes for a contradiction.
     */
    private static boolean isCutOff(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.ASYNC
                && !request.getRequestURI().startsWith(request.getContextPath() + "/");
    }

    /** The pages of one organization stand below its prefix on error and asynchronous dispatches, too. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    /** A request as if the application stood below a prefix. */
    private static final class Below extends HttpServletRequestWrapper {

        private final String prefix;
        private final String rest;

        Below(HttpServletRequest request, String prefix, String rest) {
            super(request);
            this.prefix = prefix;
            this.rest = rest;
        }

        @Override
        public String getContextPath() {
            return prefix;
        }

        @Override
        public String getRequestURI() {
            return prefix + rest;
        }

        @Override
        public String getServletPath() {
            return rest;
        }
    }
}
