package dev.gatehouse.simulator.directory;

import dev.gatehouse.simulator.entra.Resources;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The delegated permissions that a client asks for, or gets. A client writes them bare ({@code User.Read}) or behind their
 * resource ({@code https://graph.microsoft.com/User.Read}), and looks in its cache for what it wrote; so Entra gives them
 * back as they came.
 *
 * @param resource what stands before them, e.g. {@code https://graph.microsoft.com}; empty when they are bare
 * @param permissions Graph's, bare, {@code .default} among them
 * @param identity {@code openid}, {@code profile}, {@code email} and {@code offline_access}, as far as asked for
 */
record Scopes(Optional<String> resource, List<String> permissions, List<String> identity) {

    private static final String GRAPH = "https://graph.microsoft.com";
    private static final Set<String> IDENTITY = Set.of("openid", "profile", "email", "offline_access");

    /** Whatever a client was consented to. */
    private static final String DEFAULT = ".default";

    /** What every client may have without anybody's consent. */
    private static final String ALWAYS = "User.Read";

    Scopes {
        permissions = List.copyOf(permissions);
        identity = List.copyOf(identity);
    }

    /** Reads what a client asks for. What is another resource's than Graph's is left out. */
    static Scopes parse(String text, Resources resources) {
        var resource = Optional.<String>empty();
        var permissions = new LinkedHashSet<String>();
        var identity = new LinkedHashSet<String>();
        for (var scope : text.strip().split("\\s+", -1)) {
            var slash = scope.lastIndexOf('/');
            if (IDENTITY.contains(scope)) {
                identity.add(scope);
            } else if (slash < 0) {
                permissions.add(scope);
            } else if (resources.isGraph(scope.substring(0, slash))) {
                resource = Optional.of(scope.substring(0, slash));
                permissions.add(scope.substring(slash + 1));
            }
        }
        permissions.remove("");
        return new Scopes(resource, List.copyOf(permissions), List.copyOf(identity));
    }

    boolean isEmpty() {
        return permissions.isEmpty() && identity.isEmpty();
    }

    /**
     * What a client gets: what it asks for is consented to at once, and {@code .default} is all of that so far.
     *
     * @param known what it was consented to before; what is new is added
     */
    Scopes consented(Set<String> known) {
        permissions.stream().filter(permission -> !permission.equals(DEFAULT)).forEach(known::add);
        if (!permissions.contains(DEFAULT)) {
            return this;
        }
        var all = new TreeSet<>(known);
        all.add(ALWAYS);
        var granted = new ArrayList<>(all);
        granted.add(DEFAULT);
        return new Scopes(resource, granted, identity);
    }

    /** The resource that a token with them is for. */
    String audience() {
        return resource.orElse(GRAPH);
    }

    /** As {@code scp} lists them in a token: bare, and those that ask who somebody is among them. */
    List<String> granted() {
        var granted = new ArrayList<>(permissions);
        granted.remove(DEFAULT);
        identity.stream().filter(scope -> !scope.equals("offline_access")).forEach(granted::add);
        return granted;
    }

    /** As {@code scope} lists them in a token's answer. */
    String told() {
        var told = new ArrayList<String>();
        identity.stream().filter(scope -> !scope.equals("offline_access")).forEach(told::add);
        permissions.stream()
                .map(permission ->
                        resource.map(before -> before + "/" + permission).orElse(permission))
                .forEach(told::add);
        return String.join(" ", told);
    }
}
