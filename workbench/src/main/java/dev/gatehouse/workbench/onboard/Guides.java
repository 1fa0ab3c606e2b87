package dev.gatehouse.workbench.onboard;

import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.profile.ProviderProfile;
import dev.gatehouse.setup.script.Language;
import dev.gatehouse.setup.script.Script;
import dev.gatehouse.workbench.devices.Clouds;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Fills the provider's guide, and its script, with customers' values. */
@Component
public class Guides {

    private final ProviderProfile profile;
    private final Clouds clouds;

    Guides(ProviderProfile profile, Clouds clouds) {
        this.profile = profile;
        this.clouds = clouds;
    }

    /** Who the provider is, e.g. {@code Expel}. */
    public String provider() {
        return profile.provider();
    }

    /** What stands behind the {@code @} of the guest accounts. */
    public String guestDomain() {
        return profile.guest().domain();
    }

    /** The provider's own tenant. */
    public UUID providerTenant() {
        return profile.tenantId();
    }

    /** The guide for one customer. */
    public Guide of(SetUp setUp) {
        return new Guide(setUp, setUp.choosing(profile));
    }

    /**
     * The guide's steps 1 and 2 as a script.
     *
     * @param language {@code bash}, {@code powershell} or {@code terraform}
     * @param parts only these; all when empty
     * @return empty when there is no such language, part or cloud
     */
    public Optional<String> script(SetUp setUp, String language, List<String> parts) {
        var desired =
                new Desired(setUp.directory(), setUp.organization(), setUp.choosing(profile), setUp.adopted(), false);
        var chosen = chosen(parts);
        return Arrays.stream(Language.values())
                .filter(known -> known.name().equals(language.toUpperCase(Locale.ROOT)))
                .findFirst()
                .filter(known -> !chosen.isEmpty())
                .flatMap(known -> clouds.named(setUp.cloud()).map(cloud -> Script.of(known, desired, cloud, chosen)));
    }

    private static Set<Part> chosen(List<String> keys) {
        if (keys.isEmpty()) {
            return EnumSet.allOf(Part.class);
        }
        var chosen = EnumSet.noneOf(Part.class);
        for (var part : Part.values()) {
            if (keys.contains(part.key())) {
                chosen.add(part);
            }
        }
        return chosen;
    }
}
