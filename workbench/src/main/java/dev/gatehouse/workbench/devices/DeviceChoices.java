package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What a field of a device can be, or was for other devices, to be offered where somebody fills it in. */
@Component
public class DeviceChoices {

    private final SecurityDevices devices;
    private final Clouds clouds;
    private final Organizations organizations;

    DeviceChoices(SecurityDevices devices, Clouds clouds, Organizations organizations) {
        this.devices = devices;
        this.clouds = clouds;
        this.organizations = organizations;
    }

    /**
     * One of them.
     *
     * @param value what is sent
     * @param title what people read
     * @param isUsual whether it is what the field holds for almost everybody, and when nobody says
     */
    public record Choice(String value, String title, boolean isUsual) {

        private Choice(String value, String title) {
            this(value, title, false);
        }
    }

    /**
     * The choices of every field that has any.
     *
     * @param scope what whoever chooses may see
     */
    public Map<DeviceField, List<Choice>> all(Scope scope) {
        var present = devices.all(scope);
        return Map.of(
                DeviceField.KIND,
                kinds(),
                DeviceField.LOCATION,
                locations(present),
                DeviceField.ORGANIZATION,
                organizations(scope),
                DeviceField.APPLICATION_OF,
                applications(present),
                DeviceField.CLOUD,
                clouds());
    }

    private static List<Choice> kinds() {
        return Arrays.stream(DeviceKind.values())
                .map(kind -> new Choice(kind.key(), kind.title(), kind == DeviceKind.USUAL))
                .toList();
    }

    private static List<Choice> applications(List<SecurityDevice> present) {
        return present.stream()
                .map(device -> new Choice(
                        device.id().toString(),
                        "%s (%s, %s)".formatted(device.name(), device.kind().title(), device.directory())))
                .toList();
    }

    private List<Choice> organizations(Scope scope) {
        return organizations.all(scope).stream()
                .map(each -> new Choice(each.shortName(), "%s (%s)".formatted(each.name(), each.shortName())))
                .toList();
    }

    private static List<Choice> locations(List<SecurityDevice> present) {
        return Stream.concat(
                        Stream.of(DeviceField.LOCATION.example()),
                        present.stream().map(SecurityDevice::location))
                .sorted()
                .distinct()
                .map(location -> new Choice(location, location))
                .toList();
    }

    private List<Choice> clouds() {
        return clouds.all().stream()
                .map(cloud -> new Choice(
                        cloud.name(), "%s (%s)".formatted(cloud.name(), cloud.graph()), cloud.equals(clouds.usual())))
                .toList();
    }
}
