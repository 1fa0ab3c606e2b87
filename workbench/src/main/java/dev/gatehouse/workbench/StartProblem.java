package dev.gatehouse.workbench;

import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.web.server.PortInUseException;

/** Says in one line why the server did not start, when it is something that the operator can change. */
final class StartProblem {

    private StartProblem() {}

    /** The line; empty when the failure is none that we know, so that only a stack trace helps. */
    static Optional<String> explain(Throwable failure) {
        return first(failure, InvalidSetting.class)
                .map(Throwable::getMessage)
                .or(() -> first(failure, UnboundConfigurationPropertiesException.class)
                        .map(unbound -> unbound.getUnboundProperties().stream()
                                .map(property -> "%s is not a setting%s. See docs/configuration.md for those there are."
                                        .formatted(property.getName(), origin(property)))
                                .collect(Collectors.joining(" "))))
                .or(() -> first(failure, BindException.class).map(StartProblem::unreadable))
                .or(() -> first(failure, PortInUseException.class)
                        .map(inUse ->
                                "Port %d is in use by another program. Choose another with --server.port, or 0 for any free one."
                                        .formatted(inUse.getPort())));
    }

    private static String unreadable(BindException failure) {
        var property = failure.getProperty();
        return property == null
                ? "%s cannot be read: %s"
                        .formatted(failure.getName(), rootOf(failure).getMessage())
                : "%s cannot be '%s'%s: %s"
                        .formatted(
                                failure.getName(),
                                property.getValue(),
                                origin(property),
                                rootOf(failure).getMessage());
    }

    private static String origin(ConfigurationProperty property) {
        return property.getOrigin() == null ? "" : " (from %s)".formatted(property.getOrigin());
    }

    private static Throwable rootOf(Throwable failure) {
        return causes(failure).reduce(failure, (outer, inner) -> inner);
    }

    private static <T extends Throwable> Optional<T> first(Throwable failure, Class<T> type) {
        return causes(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
