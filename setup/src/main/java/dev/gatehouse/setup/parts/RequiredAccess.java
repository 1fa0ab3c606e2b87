package dev.gatehouse.setup;

import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.ServicePrincipal;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Present;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The permissions that an app registration asks for. Asking grants nothing; it is what the consent page lists. */
final class RequiredAccess {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RequiredAccess() {}

    static boolean isIncomplete(Desired desired, Present seen, Application application) {
        var roles = application.asksFor(ServicePrincipal.MICROSOFT_GRAPH, "Role");
        var scopes = application.asksFor(ServicePrincipal.MICROSOFT_GRAPH, "Scope");
        return !roles.containsAll(roleIds(desired, seen)) || !scopes.containsAll(scopeIds(desired, seen));
    }

    /** What it asks for already, of any resource, and what is still missing of Microsoft Graph. */
    static ArrayNode merged(Desired desired, Present seen, Optional<Application> application) {
        var all = application
                .map(Application::requiredResourceAccess)
                .filter(ArrayNode.class::isInstance)
                .map(node -> ((ArrayNode) node).deepCopy())
                .orElseGet(JSON::createArrayNode);
        var graph = all.valueStream()
                .filter(resource ->
                        resource.path("resourceAppId").asString("").equals(ServicePrincipal.MICROSOFT_GRAPH))
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElseGet(() -> all.addObject().put("resourceAppId", ServicePrincipal.MICROSOFT_GRAPH));
        var access = graph.withArray("resourceAccess");
        add(access, application, roleIds(desired, seen), "Role");
        add(access, application, scopeIds(desired, seen), "Scope");
        return all;
    }

    private static void add(ArrayNode access, Optional<Application> application, List<String> ids, String type) {
        var asked = application
                .map(present -> present.asksFor(ServicePrincipal.MICROSOFT_GRAPH, type))
                .orElse(Set.of());
        ids.stream()
                .filter(id -> !asked.contains(id))
                .forEach(id -> access.addObject().put("id", id).put("type", type));
    }

    private static List<String> roleIds(Desired desired, Present seen) {
        return desired.profile().application().applicationPermissions().stream()
                .map(name -> Planner.roleId(seen, name))
                .toList();
    }

    private static List<String> scopeIds(Desired desired, Present seen) {
        return desired.profile().application().delegatedPermissions().stream()
                .map(name -> Planner.scopeId(seen, name))
                .toList();
    }
}
