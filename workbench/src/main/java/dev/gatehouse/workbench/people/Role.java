package dev.gatehouse.workbench.people;

import java.util.Locale;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What an account or token may do. Both may read everything; only an admin may change devices. */
public enum Role {
    ORGANIZATION_ADMIN("Organization Admin"),
    ORGANIZATION_ANALYST("Organization Analyst");

    private final String title;

    Role(String title) {
        this.title = title;
    }

    /** The name on the screen. */
    public String title() {
        return title;
    }

    /** The word in the database and the API, e.g. {@code organization_admin}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role with that {@link #key()}. */
    public static Role of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    GrantedAuthority authority() {
        return new SimpleGrantedAuthority("ROLE_" + name());
    }
}
