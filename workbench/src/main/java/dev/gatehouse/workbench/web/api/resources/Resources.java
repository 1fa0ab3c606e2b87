package dev.gatehouse.workbench.web.api.resources;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All types of the API, each by its name. */
public final class Resources {

    private final Map<String, Resource> all = new LinkedHashMap<>();

    Resources(Collection<Resource> described) {
        var sorted = new TreeMap<String, Resource>();
        for (var resource : described) {
            if (sorted.put(resource.type(), resource) != null) {
                throw new IllegalStateException("There are two types named " + resource.type());
            }
        }
        // A program of a part of the Workbench has a part of the types, and leads to no others.
        sorted.forEach((type, resource) -> all.put(type, resource.leadingOnlyTo(sorted.keySet())));
    }

    /** In the order of their names. */
    public List<Resource> all() {
        return List.copyOf(all.values());
    }

    /** The type that a relation names. */
    Resource named(String type) {
        return Optional.ofNullable(all.get(type))
                .orElseThrow(() -> new IllegalStateException("There is no type named " + type));
    }
}
