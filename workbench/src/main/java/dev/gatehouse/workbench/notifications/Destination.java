package dev.gatehouse.workbench.notifications;

import java.util.Optional;
import java.util.UUID;

/** Where a rule leads. */
public sealed interface Destination {

    /** An integration. */
    record ToIntegration(UUID id) implements Destination {}

    /** Somebody's e-mail address, as it is when the message is sent. */
    record ToAccount(UUID id) implements Destination {}

    /** Any e-mail address. */
    record ToEmail(String address) implements Destination {}

    /** As it is stored and as the API has it, e.g. {@code integration:1b4e28ba-2fa1-41d2-883f-0016d3cca427}. */
    default String key() {
        return switch (this) {
            case ToIntegration(var id) -> "integration:" + id;
            case ToAccount(var id) -> "account:" + id;
            case ToEmail(var address) -> "email:" + address;
        };
    }

    /** Reads a {@link #key()}; empty when it is none. */
    static Optional<Destination> of(String key) {
        var colon = key.indexOf(':');
        var rest = key.substring(colon + 1).strip();
        try {
            return switch (colon < 0 ? "" : key.substring(0, colon)) {
                case "integration" -> Optional.of(new ToIntegration(UUID.fromString(rest)));
                case "account" -> Optional.of(new ToAccount(UUID.fromString(rest)));
                case "email" -> rest.isEmpty() ? Optional.empty() : Optional.of(new ToEmail(rest));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
