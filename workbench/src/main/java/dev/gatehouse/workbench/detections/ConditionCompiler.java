package dev.gatehouse.workbench.detections;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.checker.CelStandardDeclarations.StandardFunction.Overload.Arithmetic;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes conditions of texts in CEL. Types are checked: a field that there is none of, a comparison of a text with a number, a
 * condition that is neither true nor false are refused here and not when a vendor alert comes.
 *
 * <p>What could make values grow is not in our dialect: {@code map}, {@code filter}, {@code +} of texts and lists. Regular
 * expressions are literals. So what is held while a condition is asked is never more than the vendor alert itself.
 */
final class ConditionCompiler {

    static final int LONGEST = 8_000;
    static final int MOST_ITERATIONS = 10_000;

    /** An instruction for about each letter of a pattern; more are made by counted repetitions. */
    private static final int LONGEST_PROGRAM = 500;

    private static final int LONGEST_PATTERN = 250;

    /** Functions that make texts of other texts or lists of other lists, or are of no use here. */
    private static final Set<Object> GROWING = Set.of(Arithmetic.ADD_STRING, Arithmetic.ADD_BYTES, Arithmetic.ADD_LIST);

    private static final Set<StandardFunction> LEFT_OUT = Set.of(
            StandardFunction.BYTES,
            StandardFunction.DYN,
            StandardFunction.TYPE,
            StandardFunction.MATCHES,
            StandardFunction.CONTAINS);

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(64)
            .maxParseExpressionNodeCount(4_000)
            .maxParseErrorRecoveryLimit(5)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .maxRegexProgramSize(LONGEST_PROGRAM)
            .build();

    private final CelCompiler compiler;
    private final CelRuntime runtime;

    ConditionCompiler() {
        var types = new Types();
        compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                        .filterFunctions(
                                (function, overload) -> !LEFT_OUT.contains(function) && !GROWING.contains(overload))
                        .build())
                .setStandardMacros(
                        CelStandardMacro.HAS,
                        CelStandardMacro.ALL,
                        CelStandardMacro.EXISTS,
                        CelStandardMacro.EXISTS_ONE)
                .setTypeProvider(types)
                .addFunctionDeclarations(
                        member("matches", "text_matches", SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING),
                        member("contains", "text_contains", SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING),
                        member("lowerAscii", "text_lower", SimpleType.STRING, SimpleType.STRING))
                .addVar("alert", types.alert)
                .addVar("accounts", Types.TEXTS)
                .addVar("hosts", Types.TEXTS)
                .addVar("addresses", Types.TEXTS)
                .addVar("context", MapType.create(SimpleType.STRING, Types.TEXTS))
                .addVar("device", types.device)
                .addVar("organization", types.organization)
                .setResultType(SimpleType.BOOL)
                .build();
        // The library's planner does the same, and took twice as long to compare two fields when both were measured.
        runtime = CelRuntimeFactory.legacyCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .addFunctionBindings(
                        CelFunctionBinding.from("text_matches", String.class, String.class, Condition::matches),
                        CelFunctionBinding.from("text_contains", String.class, String.class, Condition::contains),
                        CelFunctionBinding.from("text_lower", String.class, text -> text.toLowerCase(Locale.ROOT)))
                .build();
    }

    private static CelFunctionDecl member(String name, String overload, CelType result, CelType... types) {
        return CelFunctionDecl.newFunctionDeclaration(name, CelOverloadDecl.newMemberOverload(overload, result, types));
    }

    /**
     * Makes a condition.
     *
     * @throws InvalidCondition when it is none
     */
    Condition compile(String text) throws InvalidCondition {
        try {
            var result = compiler.compile(text);
            if (result.hasError()) {
                throw new InvalidCondition(result.getErrors().stream()
                        .limit(5)
                        .map(ConditionCompiler::fault)
                        .toList());
            }
            var tree = result.getAst();
            var reading = new Reading(tree);
            return new Condition(
                    runtime.createProgram(tree),
                    reading.patterns,
                    List.copyOf(reading.references),
                    keys(tree.getExpr()),
                    conjuncts(tree.getExpr()));
        } catch (CelValidationException | CelEvaluationException | RuntimeException | StackOverflowError e) {
            throw new InvalidCondition(List.of(new InvalidCondition.Fault(
                    1, 1, "It cannot be understood: %s".formatted(e.getClass().getSimpleName()))));
        }
    }

    private static InvalidCondition.Fault fault(CelIssue issue) {
        var place = issue.getSourceLocation();
        var message = issue.getMessage().replace(" (in container '')", "").strip();
        return new InvalidCondition.Fault(
                Math.max(1, place.getLine()),
                Math.max(0, place.getColumn()) + 1,
                Character.toUpperCase(message.charAt(0)) + message.substring(1));
    }

    /** What stands in a condition, found by walking through it once. */
    private static final class Reading {

        private final CelAbstractSyntaxTree tree;
        private final Map<String, Pattern> patterns = new HashMap<>();
        private final Set<String> references = new LinkedHashSet<>();
        private final List<InvalidCondition.Fault> faults = new ArrayList<>();

        Reading(CelAbstractSyntaxTree tree) throws InvalidCondition {
            this.tree = tree;
            read(tree.getExpr());
            if (!faults.isEmpty()) {
                throw new InvalidCondition(faults);
            }
        }

        private void read(CelExpr expression) {
            switch (expression.getKind()) {
                case IDENT -> {
                    var name = expression.ident().name();
                    if (Types.LISTS.contains(name)) {
                        references.add(name);
                    }
                }
                case SELECT -> {
                    var operand = expression.select().operand();
                    var field = expression.select().field();
                    if (operand.getKind() == CelExpr.ExprKind.Kind.IDENT
                            && operand.ident().name().equals("alert")
                            && !field.equals("evidence")) {
                        references.add("alert." + field);
                    }
                    read(operand);
                }
                case CALL -> {
                    var call = expression.call();
                    readLabel(call);
                    if (call.function().equals("matches")) {
                        readPattern(expression, call.args().getLast());
                    }
                    call.target().ifPresent(this::read);
                    call.args().forEach(this::read);
                }
                case LIST -> expression.list().elements().forEach(this::read);
                case MAP ->
                    expression.map().entries().forEach(entry -> {
                        read(entry.key());
                        read(entry.value());
                    });
                case STRUCT -> fault(expression, "Values of vendor alerts cannot be made, only looked at.");
                case COMPREHENSION -> {
                    var comprehension = expression.comprehension();
                    read(comprehension.iterRange());
                    read(comprehension.accuInit());
                    read(comprehension.loopCondition());
                    read(comprehension.loopStep());
                    read(comprehension.result());
                }
                case CONSTANT, NOT_SET -> {}
            }
        }

        /** A label in other letters than {@link Facts} has it would be in no alert, and nobody would notice. */
        private void readLabel(CelExpr.CelCall call) {
            var key =
                    switch (call.function()) {
                        case "@in" ->
                            Optional.of(call.args().getFirst())
                                    .filter(_ -> isContext(call.args().getLast()));
                        case "_[_]" ->
                            Optional.of(call.args().getLast())
                                    .filter(_ -> isContext(call.args().getFirst()));
                        default -> Optional.<CelExpr>empty();
                    };
            key.filter(ConditionCompiler::isText).ifPresent(label -> {
                var lower = textOf(label).toLowerCase(Locale.ROOT);
                if (!textOf(label).equals(lower)) {
                    fault(label, "Labels are in lower case here: \"%s\".".formatted(lower));
                }
            });
        }

        private static boolean isContext(CelExpr expression) {
            return expression.getKind() == CelExpr.ExprKind.Kind.IDENT
                    && expression.ident().name().equals("context");
        }

        private void readPattern(CelExpr call, CelExpr pattern) {
            if (!isText(pattern)) {
                fault(call, "A regular expression has to be a literal.");
                return;
            }
            var text = pattern.constant().stringValue();
            if (text.length() > LONGEST_PATTERN) {
                fault(pattern, "A regular expression has at most %d letters.".formatted(LONGEST_PATTERN));
                return;
            }
            try {
                var compiled = Pattern.compile(text);
                if (compiled.programSize() > LONGEST_PROGRAM) {
                    fault(pattern, "The regular expression is too large when its repetitions are counted out.");
                } else {
                    patterns.put(text, compiled);
                }
            } catch (PatternSyntaxException e) {
                fault(pattern, "The regular expression is not understood: %s.".formatted(e.getDescription()));
            }
        }

        private void fault(CelExpr expression, String message) {
            var positions = tree.getSource().getPositionsMap();
            var place = Optional.ofNullable(positions.get(expression.id()))
                    .flatMap(offset -> tree.getSource().getOffsetLocation(offset));
            faults.add(new InvalidCondition.Fault(
                    place.map(location -> location.getLine()).orElse(1),
                    place.map(location -> location.getColumn() + 1).orElse(1),
                    message));
        }
    }

    /** Values of which one has to hold for the condition to hold; empty when that cannot be said. */
    private static Optional<Set<Condition.Key>> keys(CelExpr expression) {
        if (expression.getKind() != CelExpr.ExprKind.Kind.CALL) {
            return Optional.empty();
        }
        var call = expression.call();
        return switch (call.function()) {
            case "_||_" -> {
                var all = new HashSet<Condition.Key>();
                for (var argument : call.args()) {
                    var some = keys(argument);
                    if (some.isEmpty()) {
                        yield Optional.empty();
                    }
                    all.addAll(some.get());
                }
                yield Optional.of(all);
            }
            case "_&&_" ->
                call.args().stream()
                        .map(ConditionCompiler::keys)
                        .flatMap(Optional::stream)
                        .reduce((one, other) -> isTelling(one) || !isTelling(other) ? one : other);
            case "_==_" ->
                field(call.args().get(0))
                        .filter(field -> isText(call.args().get(1)))
                        .map(field -> Set.of(
                                new Condition.Key(field, textOf(call.args().get(1)))))
                        .or(() -> field(call.args().get(1))
                                .filter(field -> isText(call.args().get(0)))
                                .map(field -> Set.of(new Condition.Key(
                                        field, textOf(call.args().get(0))))));
            case "@in" ->
                field(call.args().get(0))
                        .filter(field -> call.args().get(1).getKind() == CelExpr.ExprKind.Kind.LIST
                                && call.args().get(1).list().elements().stream().allMatch(ConditionCompiler::isText))
                        .map(field -> {
                            var all = new HashSet<Condition.Key>();
                            call.args()
                                    .get(1)
                                    .list()
                                    .elements()
                                    .forEach(value -> all.add(new Condition.Key(field, textOf(value))));
                            return all;
                        });
            default -> Optional.empty();
        };
    }

    private static boolean isTelling(Set<Condition.Key> keys) {
        return keys.stream().allMatch(Condition.Key::isTelling);
    }

    private static Optional<String> field(CelExpr expression) {
        if (expression.getKind() == CelExpr.ExprKind.Kind.SELECT
                && !expression.select().testOnly()) {
            var operand = expression.select().operand();
            if (operand.getKind() == CelExpr.ExprKind.Kind.IDENT
                    && operand.ident().name().equals("alert")) {
                return Optional.of(expression.select().field());
            }
        }
        return Optional.empty();
    }

    private static boolean isText(CelExpr expression) {
        return expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    private static String textOf(CelExpr expression) {
        return expression.constant().stringValue();
    }

    private static int conjuncts(CelExpr expression) {
        return expression.getKind() == CelExpr.ExprKind.Kind.CALL
                        && expression.call().function().equals("_&&_")
                ? expression.call().args().stream()
                        .mapToInt(ConditionCompiler::conjuncts)
                        .sum()
                : 1;
    }

    /** The shape of what conditions look at; docs/detections.md lists it. */
    private static final class Types implements CelTypeProvider {

        private static final ListType TEXTS = ListType.create(SimpleType.STRING);
        private static final Set<String> LISTS = Set.of("accounts", "hosts", "addresses", "context");

        private final StructType entity =
                struct("Entity", Map.of("kind", SimpleType.STRING, "name", SimpleType.STRING));
        private final StructType evidence = struct(
                "Evidence",
                Map.of(
                        "type",
                        SimpleType.STRING,
                        "roles",
                        TEXTS,
                        "verdict",
                        SimpleType.STRING,
                        "remediation_status",
                        SimpleType.STRING,
                        "entities",
                        ListType.create(entity),
                        "details",
                        MapType.create(SimpleType.STRING, SimpleType.STRING)));
        private final StructType alert = struct("VendorAlert", alertFields(evidence));
        private final StructType device = struct("Device", Map.of("name", SimpleType.STRING));
        private final StructType organization =
                struct("Organization", Map.of("name", SimpleType.STRING, "short_name", SimpleType.STRING));
        private final ImmutableList<CelType> all = ImmutableList.of(entity, evidence, alert, device, organization);

        private static Map<String, CelType> alertFields(StructType evidence) {
            var fields = new HashMap<String, CelType>();
            for (var name : List.of(
                    "id",
                    "provider_alert_id",
                    "incident_id",
                    "title",
                    "description",
                    "severity",
                    "status",
                    "classification",
                    "determination",
                    "category",
                    "service_source",
                    "detection_source",
                    "product_name",
                    "detector_id")) {
                fields.put(name, SimpleType.STRING);
            }
            for (var name : List.of("created", "updated", "first_activity", "last_activity")) {
                fields.put(name, SimpleType.TIMESTAMP);
            }
            fields.put("techniques", TEXTS);
            fields.put("evidence", ListType.create(evidence));
            return fields;
        }

        private static StructType struct(String name, Map<String, ? extends CelType> typeByField) {
            var fields = ImmutableMap.<String, CelType>copyOf(typeByField);
            return StructType.create(
                    "gatehouse." + name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
        }

        @Override
        public ImmutableCollection<CelType> types() {
            return all;
        }

        @Override
        public Optional<CelType> findType(String name) {
            return all.stream().filter(type -> type.name().equals(name)).findFirst();
        }
    }
}
