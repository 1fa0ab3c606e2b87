package dev.gatehouse.workbench.context;

import dev.gatehouse.model.EntityKind;
import dev.gatehouse.model.VendorAlert;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The labels that the accounts, hosts and addresses of some vendor alerts have, as they stood when somebody looked. */
public final class Labels {

    /** Nothing has any. */
    public static final Labels NONE = new Labels(Map.of());

    private final Map<Name, List<String>> titles;

    /**
     * Something that a vendor alert names.
     *
     * @param name in lower case
     */
    record Name(EntityKind kind, String name) {

        static Name of(EntityKind kind, String name) {
            return new Name(kind, name.toLowerCase(Locale.ROOT));
        }

        /** What a note may call it: what a label may, or its name. */
        List<String> terms() {
            return spellings().isEmpty() ? List.of(name) : spellings();
        }

        /** What a label may call it: an account or a host by its name without a domain, too. */
        List<String> spellings() {
            return switch (kind) {
                case ACCOUNT -> {
                    var all = new LinkedHashSet<String>(List.of(name));
                    all.add(name.substring(name.lastIndexOf('\\') + 1));
                    all.add(name.indexOf('@') > 0 ? name.substring(0, name.indexOf('@')) : name);
                    yield List.copyOf(all);
                }
                case HOST ->
                    name.indexOf('.') > 0 ? List.of(name, name.substring(0, name.indexOf('.'))) : List.of(name);
                case IP_ADDRESS -> List.of(name);
                case SID, GROUP, DOMAIN, APPLICATION, FILE, HASH, PROCESS, URL, OTHER -> List.of();
            };
        }
    }

    Labels(Map<Name, List<String>> titles) {
        this.titles = Map.copyOf(titles);
    }

    /** The titles of the labels of one of them, in the order of the alphabet. */
    public List<String> of(EntityKind kind, String name) {
        return titles.isEmpty() ? List.of() : titles.getOrDefault(Name.of(kind, name), List.of());
    }

    /** All labels that any of them has, in lower case. */
    Set<String> keys() {
        return titles.values().stream()
                .flatMap(List::stream)
                .map(LabelTerms::key)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What conditions see of a vendor alert: its labels in lower case, each with the names that have it, in lower case. */
    public Map<String, List<String>> of(VendorAlert alert) {
        if (titles.isEmpty()) {
            return Map.of();
        }
        var names = new LinkedHashMap<String, LinkedHashSet<String>>();
        for (var evidence : alert.evidence()) {
            for (var entity : evidence.entities()) {
                for (var title : of(entity.kind(), entity.name())) {
                    names.computeIfAbsent(LabelTerms.key(title), none -> new LinkedHashSet<>())
                            .add(entity.name().toLowerCase(Locale.ROOT));
                }
            }
        }
        var context = new HashMap<String, List<String>>();
        names.forEach((key, some) -> context.put(key, List.copyOf(some)));
        return Collections.unmodifiableMap(context);
    }

    /** Gathers what a look finds. */
    static final class Gathering {

        private final Map<Name, List<String>> titles = new HashMap<>();

        void add(Name name, String title) {
            var all = titles.computeIfAbsent(name, none -> new ArrayList<>());
            if (!all.contains(title)) {
                all.add(title);
                Collections.sort(all);
            }
        }

        Labels labels() {
            return titles.isEmpty() ? NONE : new Labels(titles);
        }
    }
}
