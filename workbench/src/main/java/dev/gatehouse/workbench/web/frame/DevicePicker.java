package dev.gatehouse.workbench.web.frame;

import dev.gatehouse.workbench.devices.SecurityDevices;
import dev.gatehouse.workbench.devices.SecurityDevices.Named;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Lets people choose a security device: a few from a list, many by a part of their name. {@code parts :: device-choice} shows it.
 */
@Component
public class DevicePicker {

    /** The parameter in addresses and forms. */
    public static final String PARAMETER = "device";

    /** As many stand in a list. */
    static final int LISTED = 100;

    private static final int SUGGESTED = 20;

    private final SecurityDevices devices;

    DevicePicker(SecurityDevices devices) {
        this.devices = devices;
    }

    /**
     * What can be chosen.
     *
     * @param devices all of them by name; none when there are too many for a list
     * @param isSearch whether they are to be found by their name
     * @param chosen the one that is chosen
     */
    public record Choice(List<Named> devices, boolean isSearch, Optional<Named> chosen) {

        public Choice {
            devices = List.copyOf(devices);
        }

        /** Whether it is the one that is chosen. */
        public boolean isChosen(UUID device) {
            return chosen.filter(each -> each.id().equals(device)).isPresent();
        }

        /** What the one that is chosen is called; empty when none is. */
        public String chosenName() {
            return chosen.map(Named::name).orElse("");
        }

        /** Whether there is no device at all. */
        public boolean isEmpty() {
            return devices.isEmpty() && !isSearch;
        }
    }

    /**
     * What somebody can choose from.
     *
     * @param chosen what they have chosen already
     */
    public Choice of(Scope scope, Optional<UUID> chosen) {
        var some = devices.named(scope, "", LISTED + 1);
        var isSearch = some.size() > LISTED;
        return new Choice(
                isSearch ? List.of() : some,
                isSearch,
                chosen.flatMap(id -> devices.find(scope, id)).map(device -> new Named(device.id(), device.name())));
    }

    /** The devices that have a part of their name in common with what somebody types. */
    public List<Named> suggestions(Scope scope, String part) {
        return devices.named(scope, part.strip(), SUGGESTED);
    }

    /** The device that somebody means: its id, its name, or a part of the name that no other has; empty for none of these. */
    public Optional<UUID> meant(Scope scope, String text) {
        var wanted = text.strip();
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        return Typed.id(wanted).or(() -> {
            var found = devices.named(scope, wanted, SUGGESTED);
            var exact = found.stream()
                    .filter(each -> each.name().equalsIgnoreCase(wanted))
                    .toList();
            if (exact.size() == 1) {
                return Optional.of(exact.getFirst().id());
            }
            return found.size() == 1 ? Optional.of(found.getFirst().id()) : Optional.empty();
        });
    }

    /** The parameters of an address with the id of the device that they name; as they are where they name none. */
    public Map<String, String> read(Scope scope, Map<String, String> parameters) {
        var read = new HashMap<>(parameters);
        meant(scope, parameters.getOrDefault(PARAMETER, "")).ifPresent(id -> read.put(PARAMETER, id.toString()));
        return read;
    }
}
