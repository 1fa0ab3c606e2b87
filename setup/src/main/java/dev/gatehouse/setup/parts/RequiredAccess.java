package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.directory.Application;
import dev.gatehouse.setup.directory.ServicePrincipal;
import dev.gatehouse.setup.plan.Desired;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The permissions that an app registration asks for. Asking grants nothing; it is what the consent page lists. */
final class RequiredAccess {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RequiredAccess() {}

    static boolean isIncomplete(Desired desired, ServicePrincipal graph, Application application) {
        var roles = application.asksFor(ServicePrincipal.MICROSOFT_GRAPH, "Role");
        var scopes = application.asksFor(ServicePrincipal.MICROSOFT_GRAPH, "Scope");
        return !roles.containsAll(roleIds(desired, graph)) || !scopes.containsAll(scopeIds(desired, graph));
    }

    /** What it asks for already, of any resource, and what is still missing of Microsoft Graph. */
    static ArrayNode merged(Desired desired, ServicePrincipal graph, Optional<Application> application) {
        var all = application
                .map(Application::requiredResourceAccess)
                .filter(ArrayNode.class::isInstance)
                .map(node -> ((ArrayNode) node).deepCopy())
                .orElseGet(JSON::createArrayNode);
        var ofGraph = all.valueStream()
                .filter(RequiredAccess::isGraph)
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElseGet(() -> all.addObject().put("resourceAppId", ServicePrincipal.MICROSOFT_GRAPH));
        var access = ofGraph.withArray("resourceAccess");
        add(access, application, roleIds(desired, graph), "Role");
        add(access, application, scopeIds(desired, graph), "Scope");
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

    private static List<String> roleIds(Desired desired, ServicePrincipal graph) {
        return desired.profile().application().applicationPermissions().stream()
                .map(name -> GraphPermissions.roleId(graph, name))
                .toList();
    }

    private static List<String> scopeIds(Desired desired, ServicePrincipal graph) {
        return desired.profile().application().delegatedPermissions().stream()
                .map(name -> GraphPermissions.scopeId(graph, name))
                .toList();
    }

    /** What is asked for now, without what of our permissions was not asked for before. */
    static ArrayNode withoutOurs(Desired desired, ServicePrincipal graph, Application application, ArrayNode before) {
        var ours = new LinkedHashSet<String>();
        var profile = desired.profile().application();
        profile.applicationPermissions()
                .forEach(name -> ours.add(graph.appRoles().getOrDefault(name, "")));
        profile.delegatedPermissions().forEach(name -> ours.add(graph.scopes().getOrDefault(name, "")));
        before.valueStream()
                .filter(RequiredAccess::isGraph)
                .flatMap(resource -> resource.path("resourceAccess").valueStream())
                .forEach(access -> ours.remove(access.path("id").asString("")));
        var left = JSON.createArrayNode();
        for (var resource : application.requiredResourceAccess()) {
            if (!isGraph(resource)) {
                left.add(resource);
                continue;
            }
            var access = JSON.createArrayNode();
            resource.path("resourceAccess")
                    .valueStream()
                    .filter(one -> !ours.contains(one.path("id").asString("")))
                    .forEach(access::add);
            if (!access.isEmpty()) {
                left.addObject()
                        .put("resourceAppId", ServicePrincipal.MICROSOFT_GRAPH)
                        .set("resourceAccess", access);
            }
        }
        return left;
    }

    private static boolean isGraph(JsonNode resource) {
        return resource.path("resourceAppId").asString("").equals(ServicePrincipal.MICROSOFT_GRAPH);
    }
}
