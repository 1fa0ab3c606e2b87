package dev.gatehouse.kql;

import dev.gatehouse.kql.Pipeline.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code join} and {@code lookup} operators: the right side goes into memory, the left one streams past it. */
final class Join {

    private static final String KINDS =
            "innerunique, inner, leftouter, rightouter, fullouter, leftanti, rightanti, leftsemi, rightsemi";

    private final Planner planner;

    Join(Planner planner) {
        this.planner = planner;
    }

    Relation of(Step.Join join, Relation left, Relation right) {
        List<Scalar> leftKeys = new ArrayList<>();
        List<Scalar> rightKeys = new ArrayList<>();
        for (Step.Key key : join.keys()) {
            Scalar leftKey = column(key.left(), left);
            Scalar rightKey = column(key.right(), right);
            requireSameType(key, leftKey, rightKey);
            leftKeys.add(leftKey);
            rightKeys.add(rightKey);
        }
        var sides = new Sides(left, right, leftKeys, rightKeys);
        return switch (join.kind()) {
            case "innerunique" -> sides.both(join, true, false, false);
            case "inner" -> sides.both(join, false, false, false);
            case "leftouter" -> sides.both(join, false, true, false);
            case "rightouter" -> sides.both(join, false, false, true);
            case "fullouter" -> sides.both(join, false, true, true);
            case "leftsemi" -> sides.one(left, leftKeys, right, rightKeys, true);
            case "leftanti", "anti", "leftantisemi" -> sides.one(left, leftKeys, right, rightKeys, false);
            case "rightsemi" -> sides.one(right, rightKeys, left, leftKeys, true);
            case "rightanti", "rightantisemi" -> sides.one(right, rightKeys, left, leftKeys, false);
            default ->
                throw KqlException.semantic("kind=%s is not known. Known are: %s.".formatted(join.kind(), KINDS));
        };
    }

    private static Scalar column(String name, Relation side) {
        int position = side.position(name)
                .orElseThrow(() -> KqlException.semantic("Failed to resolve scalar expression named '" + name + "'"));
        return Scalar.column(position, side.columns().get(position).type());
    }

    private static void requireSameType(Step.Key key, Scalar left, Scalar right) {
        boolean bothNumbers = Values.isNumber(left.type()) && Values.isNumber(right.type());
        if (left.type() == Table.Type.DYNAMIC || right.type() == Table.Type.DYNAMIC) {
            throw KqlException.semantic("join key '%s' is of a 'dynamic' type. Please use an explicit cast"
                    .formatted(left.type() == Table.Type.DYNAMIC ? key.left() : key.right()));
        }
        if (left.type() != right.type() && !bothNumbers) {
            throw KqlException.semantic("join keys '%s' and '%s' are of different types, %s and %s"
                    .formatted(key.left(), key.right(), Values.name(left.type()), Values.name(right.type())));
        }
    }

    /** Empty when a part is null: nulls are not equal to each other. */
    private static Optional<List<Object>> key(List<Scalar> keys, Row row) {
        List<Object> key = new ArrayList<>(keys.size());
        for (Scalar scalar : keys) {
            @Nullable Object value = scalar.of(row);
            if (value == null) {
                return Optional.empty();
            }
            boolean whole = value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15;
            key.add(whole ? (Object) ((Double) value).longValue() : value);
        }
        return Optional.of(key);
    }

    private final class Sides {
        private final Relation left;
        private final Relation right;
        private final List<Scalar> leftKeys;
        private final List<Scalar> rightKeys;

        private Sides(Relation left, Relation right, List<Scalar> leftKeys, List<Scalar> rightKeys) {
            this.left = left;
            this.right = right;
            this.leftKeys = leftKeys;
            this.rightKeys = rightKeys;
        }

        /** Rows of both sides next to each other. */
        private Relation both(Step.Join join, boolean firstOfEachKey, boolean keepLeft, boolean keepRight) {
            List<Table.Column> columns = new ArrayList<>(left.columns());
            List<Integer> shown = new ArrayList<>();
            for (int i = 0; i < right.columns().size(); i++) {
                Table.Column column = right.columns().get(i);
                boolean repeated = join.name().equals("lookup")
                        && join.keys().stream().anyMatch(key -> key.right().equals(column.name()));
                if (!repeated) {
                    columns.add(new Table.Column(Names.unused(columns, column.name(), false), column.type()));
                    shown.add(i);
                }
            }
            int width = left.columns().size();
            int[] picks = shown.stream().mapToInt(Integer::intValue).toArray();
            boolean allShown = picks.length == right.columns().size();
            Row nothing = new Row.Picked(Row.Cells.NONE, nowhere(width));
            return new Relation(columns, sink -> {
                Map<List<Object>, List<Row>> index = index();
                Set<List<Object>> matched = new HashSet<>();
                Set<List<Object>> used = new HashSet<>();
                boolean wantsMore = left.rows().feed(row -> {
                    planner.budget().spend(1);
                    Optional<List<Object>> key = key(leftKeys, row);
                    if (firstOfEachKey && key.isPresent() && !used.add(key.get())) {
                        return true;
                    }
                    List<Row> partners = key.map(index::get).orElse(null);
                    if (partners == null) {
                        return !keepLeft || sink.take(new Row.Joined(row, width, null));
                    }
                    if (keepRight) {
                        key.ifPresent(matched::add);
                    }
                    for (Row partner : partners) {
                        planner.budget().spend(1);
                        Row beside = allShown ? partner : new Row.Picked(partner, picks);
                        if (!sink.take(new Row.Joined(row, width, beside))) {
                            return false;
                        }
                    }
                    return true;
                });
                if (!keepRight || !wantsMore) {
                    return wantsMore;
                }
                return right.rows().feed(row -> {
                    planner.budget().spend(1);
                    Optional<List<Object>> key = key(rightKeys, row);
                    boolean alone = key.isEmpty() || !matched.contains(key.get());
                    return !alone || sink.take(new Row.Joined(nothing, width, row));
                });
            });
        }

        private static int[] nowhere(int width) {
            int[] picks = new int[width];
            Arrays.fill(picks, -1);
            return picks;
        }

        private Map<List<Object>, List<Row>> index() {
            planner.budget().spend(1);
            Map<List<Object>, List<Row>> index = new HashMap<>();
            right.rows().feed(row -> {
                planner.budget().spend(1);
                planner.budget().hold(100 + row.weight());
                key(rightKeys, row).ifPresent(key -> index.computeIfAbsent(key, _ -> new ArrayList<>(1))
                        .add(row));
                return true;
            });
            return index;
        }

        /** Rows of one side, depending on whether they have a partner on the other. */
        private Relation one(
                Relation kept, List<Scalar> keptKeys, Relation other, List<Scalar> otherKeys, boolean withPartner) {
            return kept.with(sink -> {
                planner.budget().spend(1);
                Set<List<Object>> present = new HashSet<>();
                other.rows().feed(row -> {
                    planner.budget().spend(1);
                    key(otherKeys, row).filter(present::add).ifPresent(_ -> planner.budget()
                            .hold(120));
                    return true;
                });
                return kept.rows().feed(row -> {
                    planner.budget().spend(1);
                    boolean hasPartner =
                            key(keptKeys, row).filter(present::contains).isPresent();
                    return hasPartner != withPartner || sink.take(row);
                });
            });
        }
    }
}
