package dev.gatehouse.simulator.world;

import java.util.List;

/**
 * Where on the internet someone sits. The addresses come from the ranges that are set aside for documentation, so that
 * nobody's real address is ever blamed.
 */
record NetworkLocation(
        String ipAddress,
        String countryCode,
        String country,
        String city,
        double latitude,
        double longitude,
        String provider) {

    private static final List<NetworkLocation> ATTACKERS = List.of(
            new NetworkLocation(
                    "203.0.113.66", "NL", "Netherlands", "Amsterdam", 52.37, 4.89, "Example Anonymous Hosting"),
            new NetworkLocation("198.51.100.23", "RO", "Romania", "Bucharest", 44.43, 26.1, "Example Virtual Servers"),
            new NetworkLocation("203.0.113.149", "BR", "Brazil", "Sao Paulo", -23.55, -46.63, "Example Broadband"),
            new NetworkLocation("192.0.2.201", "SG", "Singapore", "Singapore", 1.35, 103.82, "Example Cloud Hosting"));

    static NetworkLocation ofAnAttacker(SeededRandom random) {
        return random.pick(ATTACKERS);
    }
}
