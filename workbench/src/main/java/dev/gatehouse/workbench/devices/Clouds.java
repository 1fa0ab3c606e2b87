package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.Cloud;
import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import dev.gatehouse.workbench.platform.settings.Settings;
import dev.gatehouse.workbench.platform.settings.Settings.CloudAddresses;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The clouds that a device can be in: the built-in ones, and those of the configuration. */
@Component
public class Clouds {

    private final Map<String, Cloud> byName = new LinkedHashMap<>();
    private final Cloud usual;

    /**
     * Reads the configured clouds.
     *
     * @throws InvalidSetting when one does not make sense; the message names the setting
     */
    Clouds(Settings settings) {
        for (var cloud : Cloud.BUILT_IN) {
            byName.put(cloud.name(), cloud);
        }
        settings.clouds().forEach((name, addresses) -> {
            var cloud = configured(name, addresses);
            byName.put(cloud.name(), cloud);
        });
        usual = known(settings.usualCloud())
                .orElseThrow(() -> new InvalidSetting(
                        "gatehouse.usual-cloud must be the name of a cloud, but there is none named '%s'. Known clouds are: %s."
                                .formatted(settings.usualCloud(), String.join(", ", byName.keySet()))));
    }

    private Optional<Cloud> known(String name) {
        return Optional.ofNullable(byName.get(name.strip().toLowerCase(Locale.ROOT)));
    }

    private static Cloud configured(String name, CloudAddresses addresses) {
        var setting = "gatehouse.clouds." + name;
        var authority = address(addresses.authority(), setting + ".authority", "https://login.example.com");
        var graph = address(addresses.graph(), setting + ".graph", "https://graph.example.com");
        try {
            return new Cloud(
                    name, authority, graph, certificates(addresses.caCertificate(), setting + ".ca-certificate"));
        } catch (IllegalArgumentException e) {
            throw e instanceof InvalidSetting
                    ? e
                    : new InvalidSetting("%s is not usable. %s".formatted(setting, e.getMessage()), e);
        }
    }

    private static URI address(String text, String setting, String example) {
        if (text.isBlank()) {
            throw new InvalidSetting("%s is missing. Give an address such as %s.".formatted(setting, example));
        }
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting(
                    "%s must be an address such as %s, but was %s".formatted(setting, example, text), e);
        }
    }

    private static Optional<String> certificates(String file, String setting) {
        if (file.isBlank()) {
            return Optional.empty();
        }
        var path = Path.of(file.strip());
        try (InputStream pem = Files.newInputStream(path)) {
            if (CertificateFactory.getInstance("X.509")
                    .generateCertificates(pem)
                    .isEmpty()) {
                throw new InvalidSetting(
                        "%s: %s holds no certificate. It has to be a PEM file.".formatted(setting, path));
            }
            return Optional.of(Files.readString(path));
        } catch (IOException e) {
            throw new InvalidSetting("%s: cannot read %s (%s).".formatted(setting, path, e), e);
        } catch (CertificateException e) {
            throw new InvalidSetting(
                    "%s: %s is not a PEM file with certificates (%s).".formatted(setting, path, e.getMessage()), e);
        }
    }

    /** All clouds, the built-in ones first. */
    public List<Cloud> all() {
        return List.copyOf(byName.values());
    }

    /** The one that a tenant is in when nobody says. */
    public Cloud usual() {
        return usual;
    }

    /** The cloud of that name, in any case; the usual one when the name is blank. */
    public Optional<Cloud> named(String name) {
        return name.isBlank() ? Optional.of(usual) : known(name);
    }
}
