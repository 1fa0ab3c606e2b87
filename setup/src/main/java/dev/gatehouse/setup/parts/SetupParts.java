package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Part;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The register of parts: which class stands for which {@link Part}. */
public final class SetupParts {

    private static final Map<Part, SetupPart> ALL = create();

    private SetupParts() {}

    private static Map<Part, SetupPart> create() {
        var all = new EnumMap<Part, SetupPart>(Part.class);
        Arrays.stream(Part.values()).forEach(part -> all.put(part, create(part)));
        return Collections.unmodifiableMap(all);
    }

    private static SetupPart create(Part part) {
        return switch (part) {
            case GUEST -> new GuestUser();
            case ROLE -> new GuestRole();
            case PARTNER -> new CrossTenantAccess();
            case APPLICATION -> new AppRegistration();
            case SERVICE_PRINCIPAL -> new EnterpriseApplication();
            case CONSENT -> new ApplicationConsent();
            case DELEGATED_CONSENT -> new DelegatedConsent();
            case OWNER -> new SelfOwnership();
            case SECRET -> new ClientCredential();
        };
    }

    /** The class that stands for a part. */
    public static SetupPart of(Part part) {
        return Objects.requireNonNull(ALL.get(part), "Every part has its class");
    }

    /** All parts, in the order in which they can be made. */
    public static List<SetupPart> all() {
        return List.copyOf(ALL.values());
    }

    /** The parts that a tenant should have, in the order in which they can be made. */
    public static List<SetupPart> wantedBy(Desired desired) {
        return ALL.values().stream().filter(part -> part.isWanted(desired)).toList();
    }
}
