package dev.gatehouse.workbench.generate;

import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be made.
 *
 * @param vendorAlerts how many vendor alerts
 * @param devices how many security devices, each of a directory of its own
 * @param organizations how many organizations
 * @param days over how many days up to now everything is spread
 * @param seed the same one gives the same names, texts, numbers and distances in time; ids are drawn anew
 * @param isAddition whether the database may hold something already
 */
public record GenerateOptions(
        int vendorAlerts, int devices, int organizations, int days, long seed, boolean isAddition) {

    static final String PREFIX = "--generate.";

    private static final int MOST_ALERTS = 50_000_000;
    private static final int MOST_DEVICES = 100_000;
    private static final int MOST_ORGANIZATIONS = 10_000;
    private static final int MOST_DAYS = 3_650;

    /** A large provider. */
    public static final GenerateOptions USUAL = new GenerateOptions(1_000_000, 2_000, 200, 90, 1, false);

    public GenerateOptions {
        require("vendor-alerts", vendorAlerts, 1, MOST_ALERTS);
        require("devices", devices, 1, MOST_DEVICES);
        require("organizations", organizations, 1, MOST_ORGANIZATIONS);
        require("days", days, 1, MOST_DAYS);
        if (organizations > devices) {
            throw new InvalidSetting(
                    "--organizations %,d is more than --devices %,d. Each organization has at least one device: ask for fewer organizations or more devices."
                            .formatted(organizations, devices));
        }
    }

    private static void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InvalidSetting(
                    "--%s cannot be %,d. Give a whole number from %,d to %,d.".formatted(name, value, least, most));
        }
    }

    /** Whether an argument is one of these options. */
    public static boolean isOne(String argument) {
        return argument.startsWith(PREFIX);
    }

    /**
     * Reads them.
     *
     * @param arguments each {@code --generate.NAME=VALUE}; what is left out is as usual
     * @throws InvalidSetting when one is none of them, or makes no sense
     */
    public static GenerateOptions of(List<String> arguments) {
        var options = USUAL;
        for (var argument : sorted(arguments)) {
            var parts = argument.substring(PREFIX.length()).split("=", 2);
            options = options.with(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return options;
    }

    /** Devices before organizations, which there can be no more of. */
    private static List<String> sorted(List<String> arguments) {
        var sorted = new ArrayList<>(arguments);
        sorted.sort((one, other) -> Boolean.compare(isOfOrganizations(one), isOfOrganizations(other)));
        if (arguments.stream().anyMatch(GenerateOptions::isOfOrganizations)) {
            // What is usual must not stand in the way of fewer devices.
            sorted.addFirst(PREFIX + "organizations=1");
        }
        return sorted;
    }

    private static boolean isOfOrganizations(String argument) {
        return argument.startsWith(PREFIX + "organizations=");
    }

    private GenerateOptions with(String name, String value) {
        return switch (name) {
            case "vendor-alerts" ->
                new GenerateOptions(whole(name, value), devices, organizations, days, seed, isAddition);
            case "devices" ->
                new GenerateOptions(vendorAlerts, whole(name, value), organizations, days, seed, isAddition);
            case "organizations" ->
                new GenerateOptions(vendorAlerts, devices, whole(name, value), days, seed, isAddition);
            case "days" ->
                new GenerateOptions(vendorAlerts, devices, organizations, whole(name, value), seed, isAddition);
            case "seed" ->
                new GenerateOptions(vendorAlerts, devices, organizations, days, number(name, value), isAddition);
            case "add" ->
                new GenerateOptions(vendorAlerts, devices, organizations, days, seed, Boolean.parseBoolean(value));
            default ->
                throw new InvalidSetting("There is no option --%s. './gatehouse generate --help' shows those there are."
                        .formatted(name));
        };
    }

    private static int whole(String name, String value) {
        var number = number(name, value);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new InvalidSetting("--%s cannot be %,d. Give a smaller whole number.".formatted(name, number));
        }
        return (int) number;
    }

    private static long number(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new InvalidSetting("--%s cannot be '%s'. Give a whole number.".formatted(name, value), e);
        }
    }
}
