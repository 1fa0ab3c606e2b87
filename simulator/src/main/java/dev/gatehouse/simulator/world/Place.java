package dev.gatehouse.simulator.world;

import java.util.List;

/**
 * Where on the internet someone sits. The addresses come from the ranges that are set aside for documentation, so that
 * nobody's real address is ever blamed.
 */
record Place(
        String ipAddress,
        String countryCode,
        String country,
        String city,
        double latitude,
        double longitude,
        String provider) {

    private static final List<Place> ATTACKERS = List.of(
            new Place("203.0.113.66", "NL", "Netherlands", "Amsterdam", 52.37, 4.89, "Example Anonymous Hosting"),
            new Place("198.51.100.23", "RO", "Romania", "Bucharest", 44.43, 26.1, "Example Virtual Servers"),
            new Place("203.0.113.149", "BR", "Brazil", "Sao Paulo", -23.55, -46.63, "Example Broadband"),
            new Place("192.0.2.201", "SG", "Singapore", "Singapore", 1.35, 103.82, "Example Cloud Hosting"));

    static Place ofAnAttacker(Dice dice) {
        return dice.pick(ATTACKERS);
    }
}
