package dev.gatehouse.workbench.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;

/** What somebody still has to do who has given the right password. Kept in their session until it is done. */
enum PendingSignIn {
    /** Give a code of the authenticator app, or a recovery code. */
    CODE("/login/code"),
    /** Set an authenticator app up, because nobody of their role may be without. */
    SET_UP("/login/second-factor");

    private static final String ATTRIBUTE = PendingSignIn.class.getName();

    private final String page;

    PendingSignIn(String page) {
        this.page = page;
    }

    /** The page that asks for it. */
    String page() {
        return page;
    }

    static Optional<PendingSignIn> of(HttpServletRequest request) {
        var session = request.getSession(false);
        return Optional.ofNullable(session == null ? null : session.getAttribute(ATTRIBUTE))
                .map(PendingSignIn.class::cast);
    }

    void keep(HttpSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    static void done(HttpServletRequest request) {
        request.getSession().removeAttribute(ATTRIBUTE);
        // Whoever knew the session before the code was given does not get in by it.
        request.changeSessionId();
    }
}
