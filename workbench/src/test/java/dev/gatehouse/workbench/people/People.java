package dev.gatehouse.workbench.people;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import java.security.SecureRandom;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** People who are signed in already, for tests of what comes after. */
@TestComponent
public class People {

    private static final SecureRandom RANDOM = new SecureRandom();

    public RequestPostProcessor admin() {
        return signedIn("ada@example.com", "Ada", Role.ORGANIZATION_ADMIN);
    }

    public RequestPostProcessor analyst() {
        return signedIn("ben@example.com", "Ben", Role.ORGANIZATION_ANALYST);
    }

    /** The network address of somebody who has not been here before. */
    static String address() {
        return "10.%d.%d.%d".formatted(RANDOM.nextInt(256), RANDOM.nextInt(256), RANDOM.nextInt(256));
    }

    private static RequestPostProcessor signedIn(String email, String name, Role role) {
        return user(new SignedIn(new Account(UUID.nameUUIDFromBytes(new byte[] {1}), email, name, role), "{noop}x"));
    }
}
