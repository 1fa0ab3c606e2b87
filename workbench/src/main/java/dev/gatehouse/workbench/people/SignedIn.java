package dev.gatehouse.workbench.people;

import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/** The account behind a session, in the form that Spring Security wants. It forgets the hash once it was compared. */
public final class SignedIn implements UserDetails, CredentialsContainer, Caller {

    private static final long serialVersionUID = 1L;

    private final transient Account account;
    private final boolean locked;
    private volatile int generation;
    private @Nullable String passwordHash;

    /**
     * Somebody who may sign in.
     *
     * @param locked whether they may not, whatever their password
     * @param generation of their sessions; those of an earlier one have ended
     */
    SignedIn(Account account, boolean locked, int generation, String passwordHash) {
        this.account = account;
        this.locked = locked;
        this.generation = generation;
        this.passwordHash = passwordHash;
    }

    public Account account() {
        return account;
    }

    @Override
    public Membership membership() {
        return account.membership();
    }

    @Override
    public Optional<UUID> accountId() {
        return Optional.of(account.id());
    }

    int generation() {
        return generation;
    }

    /** Goes on although its generation has ended: it is the session that has ended the others. */
    void goOnIn(int next) {
        generation = next;
    }

    @Override
    public boolean isAccountNonLocked() {
        return !locked;
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
        return account.membership().authorities();
    }

    @Override
    public void eraseCredentials() {
        passwordHash = null;
    }

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
