package dev.gatehouse.simulator.world;

import java.time.Instant;
import java.util.Locale;

/**
 * A computer of the domain.
 *
 * @param name the host name in capitals, {@code WKS-0117}
 * @param relativeId the last part of the computer account's SID
 * @param objectGuid of the computer account
 * @param entraId the device in Entra ID
 * @param endpointId the device in Defender for Endpoint, forty hexadecimal digits
 */
record Machine(
        Domain domain,
        Role role,
        String name,
        String ipAddress,
        OperatingSystem system,
        long relativeId,
        String objectGuid,
        String entraId,
        String endpointId,
        Instant firstSeen) {

    enum Role {
        DOMAIN_CONTROLLER,
        CERTIFICATE_AUTHORITY,
        SYNCHRONISATION_SERVER,
        MEMBER_SERVER,
        WORKSTATION
    }

    /** What runs on it, in the spellings of Graph ({@code WindowsServer2022}) and of hunting rows. */
    enum OperatingSystem {
        WINDOWS_10("Windows10", "windows 10 enterprise", 19045),
        WINDOWS_11("Windows11", "windows 11 enterprise", 22631),
        SERVER_2019("WindowsServer2019", "windows server 2019 datacenter", 17763),
        SERVER_2022("WindowsServer2022", "windows server 2022 datacenter", 20348);

        final String platform;
        final String description;
        final long build;

        OperatingSystem(String platform, String description, long build) {
            this.platform = platform;
            this.description = description;
            this.build = build;
        }

        String version() {
            return "10.0 (%d)".formatted(build);
        }
    }

    String dnsName() {
        return name.toLowerCase(Locale.ROOT) + "." + domain.dnsName();
    }

    boolean isServer() {
        return role != Role.WORKSTATION;
    }

    /** The computer account, {@code WKS-0117$}. */
    String accountName() {
        return name + "$";
    }

    String sid() {
        return domain.sid(relativeId);
    }

    /** As Defender for Identity speaks of machines: the bare name. */
    @Override
    public String toString() {
        return name;
    }
}
