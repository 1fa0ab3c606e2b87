package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.database.Storage;
import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers every request that fails for a reason that an operator can cure, above all a database that is away or full, with
 * 503, the cause and the cure: programs get JSON, people a page. It stands before everything else, because signing in needs
 * the database, too. The log hears of the database from {@link Storage}, once.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class UnavailableFilter extends OncePerRequestFilter {

    /** A server that was restarted is back by then; one that is away for longer is not asked too often. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    /** Where the page finds what to say. */
    private static final String REASON = "unavailable";

    private static final Logger log = LoggerFactory.getLogger(UnavailableFilter.class);

    // Asked for late: the web server makes its filters first, and a setting that makes no sense has to be heard of
    // before.
    private final ObjectProvider<Storage> storage;
    private final ObjectProvider<Refusals> refusals;

    UnavailableFilter(ObjectProvider<Storage> storage, ObjectProvider<Refusals> refusals) {
        this.storage = storage;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException | ServletException e) {
            var reason = reason(e);
            if (reason.isEmpty() || response.isCommitted()) {
                throw e;
            }
            response.resetBuffer();
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(ASK_AGAIN.toSeconds()));
            if (Refusals.isFromProgram(request)) {
                refusals.getObject().unavailable(response, reason.get());
            } else {
                request.setAttribute(REASON, reason.get());
                response.sendError(HttpStatus.SERVICE_UNAVAILABLE.value());
            }
        }
    }

    private Optional<String> reason(Throwable failure) {
        return storage.getObject()
                .refusedRequest(failure)
                .map(complaint -> "%s %s".formatted(complaint.cause(), complaint.cure()))
                .or(() -> setting(failure));
    }

    /** A setting or a file that was right when this process started. */
    private static Optional<String> setting(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidSetting invalid) {
                log.warn("A request failed: {}", invalid.getMessage());
                return Optional.ofNullable(invalid.getMessage());
            }
        }
        return Optional.empty();
    }
}
