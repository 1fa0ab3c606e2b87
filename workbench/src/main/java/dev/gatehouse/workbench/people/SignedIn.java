package dev.gatehouse.workbench.people;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/** The account behind a session, in the form that Spring Security wants. It forgets the hash once it was compared. */
public final class SignedIn implements UserDetails, CredentialsContainer {

    private static final long serialVersionUID = 1L;

    private final transient Account account;
    private @Nullable String passwordHash;

    SignedIn(Account account, String passwordHash) {
        this.account = account;
        this.passwordHash = passwordHash;
    }

    public Account account() {
        return account;
    }

    @Override
    public String getUsername() {
        return account.email();
    }

    @Override
    public @Nullable String getPassword() {
        return passwordHash;
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return List.of(account.role().authority());
    }

    @Override
    public void eraseCredentials() {
        passwordHash = null;
    }

    // Two sessions of one account are equal, so that all of them can be ended together.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignedIn that && account.id().equals(that.account.id());
    }

    @Override
    public int hashCode() {
        return account.id().hashCode();
    }

    @Override
    public String toString() {
        return account.email();
    }
}
