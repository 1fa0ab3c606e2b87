package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

/** What comes after the right password: a code, when the account has a second factor; setting one up, when it must have one; then in. */
@Component
class SignInSteps extends SavedRequestAwareAuthenticationSuccessHandler {

    private static final Logger log = LoggerFactory.getLogger(SignInSteps.class);

    private final SecondFactors secondFactors;
    private final Accounts accounts;
    private final SecurityLog security;

    SignInSteps(SecondFactors secondFactors, Accounts accounts, SecurityLog security) {
        this.secondFactors = secondFactors;
        this.accounts = accounts;
        this.security = security;
        setDefaultTargetUrl("/");
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException, ServletException {
        if (!(authentication.getPrincipal() instanceof SignedIn who)) {
            throw new IllegalStateException("Only accounts sign in here");
        }
        var pending = pending(who);
        if (pending.isPresent()) {
            pending.get().keep(request.getSession());
            security.passwordAccepted(who.account().email(), request.getRemoteAddr());
            response.sendRedirect(request.getContextPath() + pending.get().page());
        } else {
            letIn(request, response, authentication, who);
        }
    }

    private Optional<PendingSignIn> pending(SignedIn who) {
        if (secondFactors.has(who.account().id())) {
            return Optional.of(PendingSignIn.CODE);
        }
        return secondFactors.isRequiredOf(who.membership()) ? Optional.of(PendingSignIn.SET_UP) : Optional.empty();
    }

    /** Nothing is left to do: leads to what was asked for before the sign-in. */
    void complete(HttpServletRequest request, HttpServletResponse response, Authentication authentication, SignedIn who)
            throws IOException, ServletException {
        PendingSignIn.done(request);
        letIn(request, response, authentication, who);
    }

    private void letIn(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication, SignedIn who)
            throws IOException, ServletException {
        noteSignIn(who, request.getRemoteAddr());
        super.onAuthenticationSuccess(request, response, authentication);
    }

    /** Writes down that somebody is in. */
    void noteSignIn(SignedIn who, String address) {
        security.signedIn(who.account().email(), address);
        try {
            Scoped.within(Scope.everything(), () -> {
                accounts.rememberSignIn(who.account().id());
                return true;
            });
        } catch (DataAccessException e) {
            // Whoever wants to see why the database takes nothing, a full disk for one, has to be let in.
            log.debug("A sign-in was not noted", e);
        }
    }
}
