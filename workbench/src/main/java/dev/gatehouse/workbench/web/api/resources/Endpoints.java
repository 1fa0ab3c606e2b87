package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.people.ApiAddresses;
import dev.gatehouse.workbench.people.Opening;
import dev.gatehouse.workbench.platform.database.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Gives every described type its addresses, and opens them to whoever has the rights that the description names. */
@Component
public class Endpoints implements ApiAddresses {

    private static final String ONE = "/{id}";

    /** Which method of {@link Endpoint} changes what a relation leads to. */
    private static final Map<HttpMethod, String> LINKING =
            Map.of(HttpMethod.POST, "link", HttpMethod.PATCH, "relink", HttpMethod.DELETE, "unlink");

    private final List<Description> descriptions;
    private final Resources resources;
    private final ResourceReader reader;

    Endpoints(List<Description> descriptions, ResourceReader reader) {
        this.descriptions = List.copyOf(descriptions);
        this.reader = reader;
        this.resources = new Resources(descriptions.stream()
                .flatMap(description -> description.resources().stream())
                .toList());
    }

    List<Description> descriptions() {
        return descriptions;
    }

    /** All types. */
    public Resources resources() {
        return resources;
    }

    /** An address with the right that opens it and the method that answers. */
    private record Route(Opening opening, Method method) {}

    private static List<Route> routes(Resource resource) {
        var path = resource.path();
        var reads = resource.reads();
        var routes = new ArrayList<Route>();
        routes.add(new Route(
                new Opening(reads, HttpMethod.GET, path),
                method("list", Scope.class, HttpServletRequest.class, Authentication.class)));
        if (resource.isEmpty()) {
            return routes;
        }
        routes.add(new Route(
                new Opening(reads, HttpMethod.GET, path + ONE),
                method("get", Scope.class, String.class, HttpServletRequest.class, Authentication.class)));
        if (!resource.relations().isEmpty()) {
            routes.add(new Route(
                    new Opening(reads, HttpMethod.GET, path + ONE + "/{relation}"),
                    method(
                            "related",
                            Scope.class,
                            String.class,
                            String.class,
                            HttpServletRequest.class,
                            Authentication.class)));
            routes.add(new Route(
                    new Opening(reads, HttpMethod.GET, path + ONE + "/relationships/{relation}"),
                    method("linkage", Scope.class, String.class, String.class, Authentication.class)));
            // Those of what nobody changes say so.
            var changes = resource.change().map(Resource.Writing::right).orElse(reads);
            LINKING.forEach((verb, name) -> routes.add(new Route(
                    new Opening(changes, verb, path + ONE + "/relationships/{relation}"),
                    method(
                            name,
                            Scope.class,
                            String.class,
                            String.class,
                            HttpServletRequest.class,
                            Authentication.class))));
        }
        resource.create()
                .filter(writing -> writing.work().isPresent())
                .ifPresent(writing -> routes.add(new Route(
                        new Opening(writing.right(), HttpMethod.POST, path),
                        method("create", Scope.class, HttpServletRequest.class, Authentication.class))));
        resource.change()
                .filter(writing -> writing.work().isPresent())
                .ifPresent(writing -> routes.add(new Route(
                        new Opening(writing.right(), HttpMethod.PATCH, path + ONE),
                        method("change", Scope.class, String.class, HttpServletRequest.class, Authentication.class))));
        resource.remove()
                .filter(writing -> writing.work().isPresent())
                .ifPresent(writing -> routes.add(new Route(
                        new Opening(writing.right(), HttpMethod.DELETE, path + ONE),
                        method("remove", Scope.class, String.class, HttpServletRequest.class, Authentication.class))));
        return routes;
    }

    private static Method method(String name, Class<?>... parameters) {
        try {
            return Endpoint.class.getDeclaredMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<Opening> openings() {
        return resources.all().stream()
                .flatMap(resource -> routes(resource).stream())
                .map(Route::opening)
                .toList();
    }

    /** Has requests for all types answered. */
    @Component
    static class Registration {

        Registration(
                Endpoints endpoints, @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
            for (var resource : endpoints.resources.all()) {
                var endpoint = new Endpoint(resource, endpoints.resources, endpoints.reader);
                for (var route : routes(resource)) {
                    mapping.registerMapping(
                            RequestMappingInfo.paths(route.opening().pattern())
                                    .methods(RequestMethod.valueOf(
                                            route.opening().method().name()))
                                    .options(mapping.getBuilderConfiguration())
                                    .build(),
                            endpoint,
                            route.method());
                }
            }
        }
    }
}
