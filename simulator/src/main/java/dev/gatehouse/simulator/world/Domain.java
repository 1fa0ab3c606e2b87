package dev.gatehouse.simulator.world;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * An Active Directory domain and the Entra tenant beside it.
 *
 * @param company as people say it, {@code Northwind Traders}
 * @param publicName what stands in mail addresses, {@code northwindtraders.com}
 * @param dnsName of the domain, {@code corp.northwindtraders.com}
 * @param netbiosName at most 15 characters, {@code NORTHWINDTRADER}
 * @param sid without a relative id
 * @param tenantId of the Entra tenant
 */
record Domain(String company, String publicName, String dnsName, String netbiosName, String sid, String tenantId) {

    String sid(long relativeId) {
        return sid + "-" + relativeId;
    }

    /** {@code DC=corp,DC=contoso,DC=com}. */
    String distinguishedName() {
        return Arrays.stream(dnsName.split("\\.", -1))
                .map(label -> "DC=" + label)
                .collect(Collectors.joining(","));
    }
}
