package dev.gatehouse.workbench.web.pages.dashboards;

import dev.gatehouse.workbench.alerts.AlertEnding;
import dev.gatehouse.workbench.alerts.AlertFilter;
import dev.gatehouse.workbench.alerts.AlertTechniques;
import dev.gatehouse.workbench.detections.Attack;
import dev.gatehouse.workbench.detections.Tactic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was seen of MITRE ATT&amp;CK, and what rules would notice. An alert stands under each tactic that it is about, there under
 * each of its techniques, and under the technique that one of these is a part of.
 *
 * @param columns one for each tactic, in MITRE's order; then those that MITRE has not, and what has no tactic
 */
public record Matrix(List<Column> columns) {

    /** In the place of a tactic or technique: alerts and rules that name none. */
    static final String NONE = AlertFilter.Behind.NONE;

    public Matrix {
        columns = List.copyOf(columns);
    }

    /**
     * A tactic.
     *
     * @param tactic its id, or {@link #NONE}
     * @param counts of the alerts that are about it
     * @param cells its techniques by their ids, the part of a technique after it
     */
    public record Column(String tactic, Counts counts, List<Cell> cells) {

        public Column {
            cells = List.copyOf(cells);
        }

        public String title() {
            return Tactic.of(tactic).map(Tactic::title).orElse(tactic.equals(NONE) ? "No tactic named" : tactic);
        }
    }

    /**
     * A technique of a tactic.
     *
     * @param technique its id, or {@link #NONE}
     * @param isCovered whether a rule that is on would notice it
     */
    public record Cell(String technique, Counts counts, boolean isCovered) {

        /** Whether it is a part of another. */
        public boolean isPart() {
            return technique.contains(".");
        }
    }

    /**
     * How many alerts, and how they ended.
     *
     * @param ended without those that no alert ended as
     */
    public record Counts(Map<AlertEnding, Long> ended) {

        public Counts {
            var copy = new EnumMap<AlertEnding, Long>(AlertEnding.class);
            copy.putAll(ended);
            ended = Collections.unmodifiableMap(copy);
        }

        public long all() {
            return ended.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** A tactic while alerts are counted. */
    private static final class Counting {
        private final Map<AlertEnding, Long> all = new EnumMap<>(AlertEnding.class);
        private final Map<String, Map<AlertEnding, Long>> techniques = new TreeMap<>();
        private final Set<String> covered = new LinkedHashSet<>();

        private Column column(String tactic) {
            covered.forEach(technique -> techniques.putIfAbsent(technique, Map.of()));
            var cells = new ArrayList<Cell>();
            techniques.forEach((technique, ended) ->
                    cells.add(new Cell(technique, new Counts(ended), covered.contains(technique))));
            return new Column(tactic, new Counts(all), cells);
        }
    }

    /**
     * Counts.
     *
     * @param seen what alerts are about
     * @param rules what rules that are on are about
     */
    static Matrix of(Collection<AlertTechniques.Group> seen, Collection<Attack> rules) {
        var counting = new TreeMap<String, Counting>();
        for (var tactic : Tactic.values()) {
            counting.put(tactic.id(), new Counting());
        }
        for (var group : seen) {
            for (var tactic : orNone(group.tactics())) {
                var column = counting.computeIfAbsent(tactic, id -> new Counting());
                column.all.merge(group.ending(), group.alerts(), Long::sum);
                for (var technique : withWholes(group.techniques())) {
                    column.techniques
                            .computeIfAbsent(technique, id -> new EnumMap<>(AlertEnding.class))
                            .merge(group.ending(), group.alerts(), Long::sum);
                }
            }
        }
        for (var rule : rules) {
            for (var tactic : rule.tactics()) {
                counting.computeIfAbsent(tactic, id -> new Counting())
                        .covered
                        .addAll(rule.techniques().isEmpty() ? List.of() : withWholes(rule.techniques()));
            }
        }
        var columns = new ArrayList<Column>();
        for (var tactic : Tactic.values()) {
            Optional.ofNullable(counting.remove(tactic.id()))
                    .ifPresent(column -> columns.add(column.column(tactic.id())));
        }
        var without = Optional.ofNullable(counting.remove(NONE));
        counting.forEach((tactic, column) -> columns.add(column.column(tactic)));
        without.ifPresent(column -> columns.add(column.column(NONE)));
        return new Matrix(columns);
    }

    private static Collection<String> orNone(List<String> ids) {
        return ids.isEmpty() ? List.of(NONE) : new LinkedHashSet<>(ids);
    }

    /** With each part of a technique the whole that it is a part of. */
    private static Collection<String> withWholes(List<String> techniques) {
        if (techniques.isEmpty()) {
            return List.of(NONE);
        }
        var all = new LinkedHashSet<String>();
        for (var written : techniques) {
            var technique = written.toUpperCase(Locale.ROOT);
            var dot = technique.indexOf('.');
            all.add(technique);
            if (dot > 0) {
                all.add(technique.substring(0, dot));
            }
        }
        return all;
    }
}
