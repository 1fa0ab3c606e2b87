package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.DeviceField;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Scope;
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
     */
    public record Choice(String value, String title) {}

    /**
     * The choices of every field that has any.
     *
     * @param scope what whoever chooses may see
     */
    public Map<DeviceField, List<Choice>> all(Scope scope) {
        return Map.of(
                DeviceField.LOCATION,
                locations(scope),
                DeviceField.ORGANIZATION,
                organizations(scope),
                DeviceField.CLOUD,
                clouds());
    }

    private List<Choice> organizations(Scope scope) {
        return organizations.all(scope).stream()
                .map(each -> new Choice(each.shortName(), "%s (%s)".formatted(each.name(), each.shortName())))
                .toList();
    }

    private List<Choice> locations(Scope scope) {
        return Stream.concat(
                        Stream.of(DeviceField.LOCATION.example()),
                        devices.all(Scope.everything()).stream()
                                .filter(device ->
                                        scope.includes(device.organization().id()))
                                .map(SecurityDevice::location))
                .sorted()
                .distinct()
                .map(location -> new Choice(location, location))
                .toList();
    }

    private List<Choice> clouds() {
        return clouds.all().stream()
                .map(cloud -> new Choice(cloud.name(), "%s (%s)".formatted(cloud.name(), cloud.graph())))
                .toList();
    }
}
