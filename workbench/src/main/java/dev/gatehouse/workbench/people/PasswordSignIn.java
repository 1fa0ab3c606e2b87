package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Compares an e-mail address and a password with the accounts, unless the guard says to wait. */
@Component
class PasswordSignIn implements AuthenticationProvider {

    private final DaoAuthenticationProvider comparison;
    private final GuessingGuard guard;
    private final SecurityLog security;

    PasswordSignIn(Accounts accounts, PasswordEncoder passwords, GuessingGuard guard, SecurityLog security) {
        // It also spends the time of a comparison on unknown accounts, so that the two cannot be told apart.
        comparison = new DaoAuthenticationProvider(
                email -> accounts.find(email).orElseThrow(() -> UsernameNotFoundException.fromUsername(email)));
        comparison.setPasswordEncoder(passwords);
        // Only whoever knows the password may learn that an account is locked, or that there is one.
        comparison.setPreAuthenticationChecks(account -> {});
        comparison.setPostAuthenticationChecks(account -> {
            if (!account.isAccountNonLocked()) {
                throw new LockedException("This account is locked");
            }
        });
        this.guard = guard;
        this.security = security;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication attempt) {
        // Whose account it is turns out in here.
        return Scoped.within(Scope.everything(), () -> signIn(attempt));
    }

    private @Nullable Authentication signIn(Authentication attempt) {
        var address = attempt.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "";
        var pause = guard.attempt(attempt.getName(), address);
        if (pause.isPresent()) {
            security.signInPaused(attempt.getName(), address, pause.get());
            throw new TooManyAttempts(pause.get());
        }
        var success = compare(attempt, address);
        guard.succeeded(attempt.getName(), address);
        return success;
    }

    /**
     * Compares.
     *
     * @throws DataAccessException when the accounts could not be looked at, which says nothing of the password
     */
    private @Nullable Authentication compare(Authentication attempt, String address) {
        try {
            return comparison.authenticate(attempt);
        } catch (InternalAuthenticationServiceException e) {
            if (e.getCause() instanceof DataAccessException failure) {
                throw failure;
            }
            throw e;
        } catch (AuthenticationException e) {
            security.signInFailed(attempt.getName(), address);
            throw e;
        }
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
