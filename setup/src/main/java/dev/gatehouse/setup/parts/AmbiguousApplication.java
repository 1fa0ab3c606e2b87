package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.directory.Application;
import java.util.List;
import java.util.stream.Collectors;

/** Several app registrations bear the name, and nothing tells which one is meant. Somebody has to say. */
public final class AmbiguousApplication extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AmbiguousApplication(String displayName, List<Application> candidates) {
        super("%d app registrations are named '%s'. Name the one to use by its Application ID: %s"
                .formatted(
                        candidates.size(),
                        displayName,
                        candidates.stream().map(Application::appId).collect(Collectors.joining(", "))));
    }
}
