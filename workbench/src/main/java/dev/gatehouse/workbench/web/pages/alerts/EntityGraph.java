package dev.gatehouse.workbench.web.pages.alerts;

import dev.gatehouse.model.Entity;
import dev.gatehouse.model.EntityKind;
import dev.gatehouse.model.Evidence;
import dev.gatehouse.model.VendorAlert;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which accounts, hosts and addresses an alert is about, and which of them its vendor alerts name together, laid out in three
 * columns. Sizes are in the units of the drawing.
 *
 * @param nodes top to bottom, accounts, then hosts, then addresses
 * @param edges between two that one vendor alert names
 * @param width of the drawing
 * @param height of the drawing
 * @param hidden how many there are besides
 */
public record EntityGraph(List<Node> nodes, List<Edge> edges, int width, int height, int hidden) {

    private static final int MOST_OF_A_KIND = 12;
    private static final int COLUMN = 260;
    private static final int LINE = 34;
    private static final int BOX = 220;
    private static final int LONGEST_LABEL = 30;

    private static final List<EntityKind> KINDS = List.of(EntityKind.ACCOUNT, EntityKind.HOST, EntityKind.IP_ADDRESS);

    /**
     * One of them.
     *
     * @param label its name, cut to what fits
     * @param name its whole name
     * @param isAlarming whether evidence calls it an attacker, compromised, malicious or suspicious
     */
    public record Node(EntityKind kind, String label, String name, boolean isAlarming, int x, int y, int width) {

        public String kindKey() {
            return kind.name().toLowerCase(Locale.ROOT);
        }
    }

    /** A line between two of them. */
    public record Edge(int x1, int y1, int x2, int y2) {}

    /** What vendor alerts name. */
    static EntityGraph of(Collection<VendorAlert> alerts) {
        var alarming = new LinkedHashSet<Entity>();
        var found = new LinkedHashMap<EntityKind, Set<Entity>>();
        KINDS.forEach(kind -> found.put(kind, new LinkedHashSet<>()));
        for (var alert : alerts) {
            for (var evidence : alert.evidence()) {
                main(evidence).forEach(entity -> {
                    found.computeIfAbsent(entity.kind(), kind -> new LinkedHashSet<>())
                            .add(entity);
                    if (isAlarming(evidence)) {
                        alarming.add(entity);
                    }
                });
            }
        }
        var placed = new LinkedHashMap<Entity, Node>();
        var hidden = 0;
        var kinds = KINDS.stream()
                .filter(kind -> !found.getOrDefault(kind, Set.of()).isEmpty())
                .toList();
        for (var column = 0; column < kinds.size(); column++) {
            var ofKind = List.copyOf(found.getOrDefault(kinds.get(column), Set.of()));
            hidden += Math.max(0, ofKind.size() - MOST_OF_A_KIND);
            for (var line = 0; line < Math.min(ofKind.size(), MOST_OF_A_KIND); line++) {
                var entity = ofKind.get(line);
                placed.put(
                        entity,
                        new Node(
                                entity.kind(),
                                cut(entity.name()),
                                entity.name(),
                                alarming.contains(entity),
                                column * COLUMN,
                                line * LINE,
                                BOX));
            }
        }
        var lines = placed.values().stream().mapToInt(Node::y).max().orElse(0) / LINE + 1;
        return new EntityGraph(
                List.copyOf(placed.values()),
                edges(alerts, placed),
                Math.max(0, kinds.size() - 1) * COLUMN + BOX,
                lines * LINE,
                hidden);
    }

    private static List<Edge> edges(Collection<VendorAlert> alerts, Map<Entity, Node> placed) {
        var edges = new LinkedHashSet<Edge>();
        for (var alert : alerts) {
            var named = new ArrayList<Node>();
            alert.evidence().stream()
                    .flatMap(evidence -> main(evidence).stream())
                    .distinct()
                    .map(placed::get)
                    .filter(java.util.Objects::nonNull)
                    .forEach(named::add);
            for (var one : named) {
                for (var other : named) {
                    if (other.x() == one.x() + COLUMN) {
                        edges.add(new Edge(one.x() + BOX, one.y() + LINE / 2 - 4, other.x(), other.y() + LINE / 2 - 4));
                    }
                }
            }
        }
        return List.copyOf(edges);
    }

    /** Of names for the same thing, the first. */
    private static List<Entity> main(Evidence evidence) {
        return evidence.entities().stream()
                .filter(entity -> KINDS.contains(entity.kind()))
                .limit(1)
                .toList();
    }

    private static boolean isAlarming(Evidence evidence) {
        return evidence.roles().stream().anyMatch(role -> Set.of("attacker", "compromised", "source")
                        .contains(role))
                || evidence.verdict().equals("malicious")
                || evidence.verdict().equals("suspicious");
    }

    private static String cut(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_LABEL
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_LABEL - 1)) + "…";
    }
}
