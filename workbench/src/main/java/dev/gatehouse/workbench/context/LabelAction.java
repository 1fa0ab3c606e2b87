package dev.gatehouse.workbench.context;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What follows for a new alert whose evidence has a label.
 *
 * @param id ours
 * @param type what follows
 * @param investigation of {@link Type#ADD_TO}; empty otherwise
 * @param rules ids of detection rules of whose alerts it follows; none for any
 * @param severities of alerts of which it follows; none for any, which {@link Type#SUPPRESS} takes for any that it may close
 */
public record LabelAction(
        UUID id, Type type, Optional<Target> investigation, List<String> rules, List<String> severities) {

    /** The severities of alerts, by the words of the API, the worst first. */
    public static final List<String> SEVERITIES = List.of("CRITICAL", "HIGH", "MEDIUM", "LOW", "TESTING", "TUNING");

    /** Those that no label closes. */
    static final List<String> SEVERE = List.of("CRITICAL", "HIGH");

    public LabelAction {
        rules = List.copyOf(rules);
        severities = List.copyOf(severities);
    }

    /** What can follow. */
    public enum Type {
        /** It stays open, whatever else would close it because of what it is about. */
        ALERT_ON("Keep open"),
        /** It is put into an investigation. */
        ADD_TO("Add to an investigation"),
        /** It is closed at once. */
        SUPPRESS("Close at once");

        private final String title;

        Type(String title) {
            this.title = title;
        }

        /** What people call it. */
        public String title() {
            return title;
        }

        /** The type with that name; empty when there is none. */
        static Optional<Type> named(String name) {
            return Arrays.stream(values())
                    .filter(type -> type.name().equals(name))
                    .findFirst();
        }
    }

    /**
     * An investigation that alerts are added to.
     *
     * @param id ours
     * @param number what people called it when they named it, e.g. {@code ACME-12}
     */
    public record Target(UUID id, String number) {}

    /** Whether it follows for an alert of a rule with a severity. */
    boolean fits(String rule, String severity) {
        return (rules.isEmpty() || rules.contains(rule))
                && (severities.isEmpty() || severities.contains(severity))
                && !(type == Type.SUPPRESS && SEVERE.contains(severity));
    }

    /** As histories and pages have it, e.g. {@code ADD_TO ACME-12 (severities HIGH)}. */
    public String sentence() {
        var limits = Stream.of(
                        rules.isEmpty() ? "" : "rules " + String.join(" ", rules),
                        severities.isEmpty() ? "" : "severities " + String.join(" ", severities))
                .filter(limit -> !limit.isEmpty())
                .toList();
        return type
                + investigation.map(target -> " " + target.number()).orElse("")
                + (limits.isEmpty() ? "" : " (%s)".formatted(String.join("; ", limits)));
    }
}
