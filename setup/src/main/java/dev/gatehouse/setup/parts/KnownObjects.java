package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.ServicePrincipal;
import dev.gatehouse.setup.plan.Part;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run has found or made so far, for the parts that need it. */
public final class KnownObjects {

    private @Nullable String guestId;
    private @Nullable Application application;
    private @Nullable ServicePrincipal principal;
    private boolean isConsented;

    void guest(Optional<String> id) {
        guestId = id.orElse(null);
    }

    void application(Optional<Application> one) {
        application = one.orElse(null);
    }

    void principal(Optional<ServicePrincipal> one) {
        principal = one.orElse(null);
    }

    void consented() {
        isConsented = true;
    }

    public Optional<Application> application() {
        return Optional.ofNullable(application);
    }

    boolean isConsented() {
        return isConsented;
    }

    String neededGuest() {
        return needed(guestId, Part.GUEST);
    }

    Application neededApplication() {
        return needed(application, Part.APPLICATION);
    }

    ServicePrincipal neededPrincipal() {
        return needed(principal, Part.SERVICE_PRINCIPAL);
    }

    private static <T> T needed(@Nullable T thing, Part part) {
        if (thing == null) {
            throw new Missing(part);
        }
        return thing;
    }

    /** Another part has to be there first. */
    public static final class Missing extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Part part;

        Missing(Part part) {
            super(part.title(), null, false, false);
            this.part = part;
        }

        public Part part() {
            return part;
        }
    }
}
