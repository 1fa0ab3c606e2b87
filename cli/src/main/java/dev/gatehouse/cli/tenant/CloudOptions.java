package dev.gatehouse.cli.tenant;

import dev.gatehouse.model.Cloud;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which of Microsoft's clouds the tenant lives, or where one's own is. */
final class CloudOptions {

    @Option(
            names = "--cloud",
            defaultValue = "global",
            description =
                    "The Microsoft cloud of the tenant: global, gcc-high, dod, or the Workbench's name for another one (default: ${DEFAULT-VALUE}).")
    private String cloud = "";

    @Option(
            names = "--authority",
            paramLabel = "URL",
            description = "The sign-in host of another cloud, e.g. a simulator.")
    private @Nullable String authority;

    @Option(names = "--graph", paramLabel = "URL", description = "The Graph host of another cloud.")
    private @Nullable String graph;

    @Option(names = "--ca-certificate", paramLabel = "FILE", description = "Trust only this PEM for those hosts.")
    private @Nullable Path caCertificate;

    /** A built-in cloud, or one whose hosts are given; the Workbench has to know it by the same name. */
    Cloud cloud() {
        var builtIn = Cloud.BUILT_IN.stream()
                .filter(known -> known.name().equals(cloud))
                .findFirst();
        if (authority == null && graph == null) {
            return builtIn.orElseThrow(
                    () -> badInput("There is no cloud '%s'. Use one of %s, or give --authority and --graph."
                            .formatted(cloud, Cloud.BUILT_IN)));
        }
        if (authority == null || graph == null) {
            throw badInput("--authority and --graph go together.");
        }
        try {
            return new Cloud(
                    cloud,
                    address("--authority", authority),
                    address("--graph", graph),
                    Optional.ofNullable(caCertificate).map(CloudOptions::certificates));
        } catch (IllegalArgumentException e) {
            throw new TenantFailure(TenantFailure.Kind.BAD_INPUT, String.valueOf(e.getMessage()), e);
        }
    }

    /** Options and their values again, for a script or a command that follows. */
    Map<String, String> again() {
        var options = new LinkedHashMap<String, String>();
        if (!cloud.equals(Cloud.GLOBAL.name())) {
            options.put("--cloud", cloud);
        }
        if (authority != null) {
            options.put("--authority", authority);
        }
        if (graph != null) {
            options.put("--graph", graph);
        }
        return options;
    }

    private static URI address(String option, String text) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw new TenantFailure(
                    TenantFailure.Kind.BAD_INPUT,
                    "%s must be an address such as https://host or https://host:port, but was '%s'."
                            .formatted(option, text),
                    e);
        }
    }

    private static String certificates(Path file) {
        var text = TenantOptions.text(file);
        try {
            var found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            if (!found.isEmpty()) {
                return text;
            }
        } catch (CertificateException e) {
            throw new TenantFailure(TenantFailure.Kind.BAD_INPUT, withoutCertificate(file), e);
        }
        throw badInput(withoutCertificate(file));
    }

    private static String withoutCertificate(Path file) {
        return "--ca-certificate: the file %s holds no certificate as PEM text.".formatted(file);
    }

    private static TenantFailure badInput(String sentence) {
        return new TenantFailure(TenantFailure.Kind.BAD_INPUT, sentence);
    }
}
