package dev.gatehouse.kql;

import dev.gatehouse.kql.Expression.Named;
import dev.gatehouse.kql.Expression.Ordering;
import dev.gatehouse.kql.Pipeline.Source;
import dev.gatehouse.kql.Pipeline.Step;
import dev.gatehouse.kql.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads a query by recursive descent, one method per rule of the grammar. */
final class Parser {

    /** How deep parentheses and the like may be nested. Each level takes about a dozen stack frames. */
    private static final int DEEPEST_NESTING = 120;

    /** As messages list them; {@link #step()} knows each. */
    static final List<String> OPERATORS = List.of(
            "where",
            "filter",
            "project",
            "project-away",
            "project-keep",
            "project-rename",
            "project-reorder",
            "extend",
            "summarize",
            "count",
            "order",
            "sort",
            "top",
            "take",
            "limit",
            "sample",
            "distinct",
            "join",
            "lookup",
            "union",
            "mv-expand",
            "parse",
            "parse-where",
            "search",
            "getschema",
            "serialize",
            "render",
            "as");

    private static final Map<String, Table.Type> TYPES = Map.ofEntries(
            Map.entry("string", Table.Type.STRING),
            Map.entry("guid", Table.Type.STRING),
            Map.entry("datetime", Table.Type.DATETIME),
            Map.entry("date", Table.Type.DATETIME),
            Map.entry("timespan", Table.Type.TIMESPAN),
            Map.entry("time", Table.Type.TIMESPAN),
            Map.entry("int", Table.Type.INT),
            Map.entry("long", Table.Type.LONG),
            Map.entry("real", Table.Type.REAL),
            Map.entry("double", Table.Type.REAL),
            Map.entry("decimal", Table.Type.REAL),
            Map.entry("bool", Table.Type.BOOL),
            Map.entry("boolean", Table.Type.BOOL),
            Map.entry("dynamic", Table.Type.DYNAMIC));

    private static final Set<String> LITERAL_CALLS =
            Set.of("int", "long", "real", "double", "decimal", "bool", "boolean");

    private static final Set<String> COMPARISONS = Set.of(
            "==",
            "!=",
            "<>",
            "<",
            ">",
            "<=",
            ">=",
            "=~",
            "!~",
            "contains",
            "!contains",
            "contains_cs",
            "!contains_cs",
            "startswith",
            "!startswith",
            "startswith_cs",
            "!startswith_cs",
            "endswith",
            "!endswith",
            "endswith_cs",
            "!endswith_cs",
            "has",
            "!has",
            "has_cs",
            "!has_cs",
            "hasprefix",
            "!hasprefix",
            "hasprefix_cs",
            "!hasprefix_cs",
            "hassuffix",
            "!hassuffix",
            "hassuffix_cs",
            "!hassuffix_cs");

    private static final Set<String> MEMBERSHIPS = Set.of("in", "!in", "in~", "!in~", "has_any", "has_all");

    private final String query;
    private final List<Token> tokens;
    private int at;
    private int depth;

    private Parser(String query) {
        this.query = query;
        this.tokens = new Lexer(query).tokens();
    }

    /** Reads a whole query; the last statement is the only {@link Statement.Ask}. */
    static List<Statement> parse(String query) {
        var parser = new Parser(query);
        List<Statement> statements = parser.statements();
        parser.expectEnd();
        return statements;
    }

    // Statements

    private List<Statement> statements() {
        List<Statement> statements = new ArrayList<>();
        while (true) {
            while (take(";")) {
                // Kusto allows empty statements.
            }
            if (next().kind() == Kind.END || next().is("}")) {
                break;
            }
            if (!statements.isEmpty() && statements.getLast() instanceof Statement.Ask) {
                throw trouble("Only one query at a time is supported, and it must be the last statement");
            }
            statements.add(next().is("let") ? let() : new Statement.Ask(query()));
            if (!next().is(";")) {
                break;
            }
        }
        if (statements.isEmpty() || !(statements.getLast() instanceof Statement.Ask)) {
            throw trouble("A query has to follow");
        }
        return statements;
    }

    private Statement let() {
        expect("let");
        String name = name();
        expect("=");
        if (next().is("view") && ahead(1).is("(")) {
            at++;
        }
        if (startsFunction()) {
            return nested(() -> {
                List<Statement.Parameter> parameters = parameters();
                expect("{");
                List<Statement> body = statements();
                expect("}");
                return new Statement.LetFunction(name, parameters, body);
            });
        }
        return new Statement.Let(name, query());
    }

    /** A parenthesis whose partner is followed by a brace. */
    private boolean startsFunction() {
        if (!next().is("(")) {
            return false;
        }
        int open = 0;
        for (int i = at; i < tokens.size(); i++) {
            if (tokens.get(i).is("(")) {
                open++;
            } else if (tokens.get(i).is(")")) {
                open--;
                if (open == 0) {
                    return i + 1 < tokens.size() && tokens.get(i + 1).is("{");
                }
            }
        }
        return false;
    }

    private List<Statement.Parameter> parameters() {
        List<Statement.Parameter> parameters = new ArrayList<>();
        expect("(");
        while (!take(")")) {
            if (!parameters.isEmpty()) {
                expect(",");
            }
            String name = name();
            expect(":");
            if (take("(")) {
                while (!take(")")) {
                    if (next().kind() == Kind.END) {
                        throw unexpected("')'");
                    }
                    at++;
                }
                parameters.add(new Statement.Parameter(name, Optional.empty()));
            } else {
                parameters.add(new Statement.Parameter(name, Optional.of(type())));
            }
        }
        return parameters;
    }

    // Pipelines

    /** A pipeline or, when nothing tabular is in sight, a plain expression. */
    private Expression query() {
        return nested(() -> {
            @Nullable Source leading = leadingSource();
            if (leading == null) {
                Expression first = expression();
                if (!next().is("|")) {
                    return first;
                }
                leading = new Source.From(first);
            }
            List<Step> steps = new ArrayList<>();
            while (take("|")) {
                steps.add(step());
            }
            return new Expression.Subquery(new Pipeline(leading, steps));
        });
    }

    private @Nullable Source leadingSource() {
        Token first = next();
        if (first.kind() != Kind.NAME) {
            return null;
        }
        boolean callLike = ahead(1).is("(");
        return switch (first.text()) {
            case "datatable" -> callLike ? datatable() : null;
            case "print" -> leadingPrint();
            case "range" -> callLike ? null : range();
            case "union" -> {
                at++;
                yield new Source.Together(union("union"));
            }
            case "search" -> leadingSearch();
            case "find", "evaluate", "externaldata", "externaldata_table", "graph", "macro-expand" ->
                callLike || ahead(1).is("in") || ahead(1).is("where") || ahead(1).kind() == Kind.NAME
                        ? failUnsupported(first.text())
                        : null;
            default -> null;
        };
    }

    private static @Nullable Source failUnsupported(String operator) {
        throw unsupportedOperator(operator);
    }

    private @Nullable Source leadingPrint() {
        Token second = ahead(1);
        if (second.is("|") || second.is(";") || second.is("==") || second.kind() == Kind.END) {
            return null;
        }
        at++;
        return new Source.Print(namedList());
    }

    private Source datatable() {
        at++;
        expect("(");
        List<Table.Column> columns = new ArrayList<>();
        do {
            String column = name();
            expect(":");
            columns.add(new Table.Column(column, type()));
        } while (take(","));
        expect(")");
        expect("[");
        List<Expression> cells = new ArrayList<>();
        while (!take("]")) {
            cells.add(expression());
            if (!next().is("]")) {
                expect(",");
            }
        }
        return new Source.Datatable(columns, cells);
    }

    private Source range() {
        at++;
        String column = name();
        expect("from");
        Expression from = expression();
        expect("to");
        Expression to = expression();
        expect("step");
        return new Source.Range(column, from, to, expression());
    }

    private @Nullable Source leadingSearch() {
        at++;
        parameters(Set.of("kind"));
        if (!take("in")) {
            throw trouble("'search' needs the tables to look in: search in (Table1, Table2) \"text\"");
        }
        expect("(");
        List<Expression> tables = new ArrayList<>();
        do {
            tables.add(query());
        } while (take(","));
        expect(")");
        return new Source.SearchIn(tables, expression());
    }

    private Step step() {
        Token operator = next();
        if (operator.kind() != Kind.NAME) {
            throw unexpected("an operator");
        }
        at++;
        String name = operator.text();
        boolean hyphenated = next().is("-") && next().position() == operator.position() + name.length();
        if (hyphenated) {
            throw unsupportedOperator(name + "-" + ahead(1).text());
        }
        return switch (name) {
            case "where", "filter" -> new Step.Where(name, expression());
            case "project" -> new Step.Project(name, next().is("|") || atEnd() ? List.of() : namedList());
            case "extend" -> new Step.Extend(name, namedList());
            case "project-away", "project-keep", "project-reorder" -> choose(name);
            case "project-rename" -> new Step.Rename(name, namedList());
            case "summarize" -> summarize(name);
            case "count" -> new Step.Count(name);
            case "order", "sort" -> {
                expect("by");
                yield new Step.Order(name, orderings());
            }
            case "top" -> {
                Expression rows = expression();
                expect("by");
                yield new Step.Top(name, rows, orderings());
            }
            case "take", "limit", "sample" -> new Step.Take(name, expression());
            case "distinct" -> distinct(name);
            case "join" -> join(name, "innerunique");
            case "lookup" -> join(name, "leftouter");
            case "union" -> union(name);
            case "mv-expand", "mvexpand" -> expand("mv-expand");
            case "parse", "parse-where" -> parsing(name);
            case "search" -> {
                parameters(Set.of("kind"));
                yield new Step.Search(name, expression());
            }
            case "getschema" -> new Step.Schema(name);
            case "serialize" ->
                atEnd() || next().is("|") ? new Step.Unchanged(name) : new Step.Extend(name, namedList());
            case "as" -> {
                name();
                yield new Step.Unchanged(name);
            }
            case "render" -> render(name);
            default -> throw unsupportedOperator(name);
        };
    }

    private static KqlException unsupportedOperator(String name) {
        return KqlException.semantic("The operator '%s' is not supported by this simulator. Supported are: %s."
                .formatted(name, String.join(", ", OPERATORS)));
    }

    private Step choose(String name) {
        List<String> patterns = new ArrayList<>();
        do {
            patterns.add(columnPattern());
            if (!take("asc")) {
                take("desc");
            }
        } while (take(","));
        return new Step.Choose(name, patterns);
    }

    /** A column's name in which {@code *} stands for anything. */
    private String columnPattern() {
        var pattern = new StringBuilder();
        int end = next().position();
        while ((next().is("*") || isName(next())) && next().position() == end) {
            pattern.append(next().text());
            end = next().position() + next().text().length();
            at++;
        }
        return pattern.isEmpty() ? name() : pattern.toString();
    }

    private Step summarize(String name) {
        hints();
        List<Named> aggregates = next().is("by") ? List.of() : namedList();
        List<Named> keys = take("by") ? namedList() : List.of();
        return new Step.Summarize(name, aggregates, keys);
    }

    private List<Ordering> orderings() {
        List<Ordering> orderings = new ArrayList<>();
        do {
            Expression expression = expression();
            boolean ascending = take("asc");
            boolean descending = !ascending;
            if (descending) {
                take("desc");
            }
            boolean nullsFirst = ascending;
            if (take("nulls")) {
                nullsFirst = next().is("first");
                if (!take("first")) {
                    expect("last");
                }
            }
            orderings.add(new Ordering(expression, descending, nullsFirst));
        } while (take(","));
        return orderings;
    }

    private Step distinct(String name) {
        hints();
        if (take("*")) {
            return new Step.Distinct(name, List.of(new Named(List.of(), new Expression.Star())));
        }
        return new Step.Distinct(name, namedList());
    }

    private Step join(String name, String usualKind) {
        String kind = parameters(Set.of("kind")).getOrDefault("kind", usualKind);
        Expression right = tableArgument();
        expect("on");
        List<Step.Key> keys = new ArrayList<>();
        do {
            keys.add(joinKey());
        } while (take(",") || take("and"));
        return new Step.Join(name, kind, right, keys);
    }

    private Step.Key joinKey() {
        if (!next().is("$left") && !next().is("$right")) {
            String column = name();
            if (next().is("==")) {
                throw trouble("Write $left.%s == $right.… to join on different columns".formatted(column));
            }
            return new Step.Key(column, column);
        }
        boolean leftFirst = next().is("$left");
        at++;
        expect(".");
        String first = name();
        expect("==");
        expect(leftFirst ? "$right" : "$left");
        expect(".");
        String second = name();
        return leftFirst ? new Step.Key(first, second) : new Step.Key(second, first);
    }

    private Step.Union union(String name) {
        Map<String, String> parameters = parameters(Set.of("kind", "withsource", "isfuzzy"));
        String kind = parameters.getOrDefault("kind", "outer");
        if (!kind.equals("inner") && !kind.equals("outer")) {
            throw trouble("'union' knows kind=inner and kind=outer, not '" + kind + "'");
        }
        List<Expression> tables = new ArrayList<>();
        do {
            if (next().is("*") || ahead(1).is("*")) {
                throw KqlException.semantic(
                        "'union' operator: Tables named by a pattern with * are not supported by this"
                                + " simulator. Name each table.");
            }
            tables.add(tableArgument());
        } while (take(","));
        return new Step.Union(
                name,
                kind.equals("inner"),
                parameters.getOrDefault("isfuzzy", "false").equals("true"),
                Optional.ofNullable(parameters.get("withsource")),
                tables);
    }

    /** A table's name, a call, or a query in parentheses: what may stand as an argument of {@code join} and {@code union}. */
    private Expression tableArgument() {
        return primary();
    }

    private Step expand(String name) {
        Map<String, String> parameters = parameters(Set.of("kind", "bagexpansion", "with_itemindex"));
        List<Step.Expansion> expansions = new ArrayList<>();
        do {
            Named column = named();
            Optional<Table.Type> type = Optional.empty();
            if (take("to")) {
                expect("typeof");
                expect("(");
                type = Optional.of(type());
                expect(")");
            }
            expansions.add(new Step.Expansion(column, type));
        } while (take(","));
        Optional<Expression> limit = take("limit") ? Optional.of(expression()) : Optional.empty();
        return new Step.Expand(name, expansions, Optional.ofNullable(parameters.get("with_itemindex")), limit);
    }

    private Step parsing(String name) {
        Map<String, String> parameters = parameters(Set.of("kind", "flags"));
        if (!parameters.getOrDefault("kind", "simple").equals("simple")) {
            throw KqlException.semantic(
                    "'%s' operator: Only kind=simple is supported by this simulator.".formatted(name));
        }
        Expression subject = expression();
        expect("with");
        List<Step.Part> parts = new ArrayList<>();
        while (!atEnd() && !next().is("|") && !next().is(")") && !next().is(";") && !next().is("}")) {
            if (take("*")) {
                parts.add(new Step.Part.Anything());
            } else if (next().kind() == Kind.TEXT) {
                parts.add(new Step.Part.Text(String.valueOf(next().value())));
                at++;
            } else {
                String column = name();
                parts.add(new Step.Part.Capture(column, take(":") ? type() : Table.Type.STRING));
            }
        }
        if (parts.isEmpty()) {
            throw unexpected("a pattern");
        }
        return new Step.Parse(name, subject, name.equals("parse-where"), parts);
    }

    /** Graph's answers hold rows and no pictures, so how to draw them is read over. */
    private Step render(String name) {
        int open = 0;
        while (open > 0 ? next().kind() != Kind.END : !atEnd() && !next().is("|")) {
            open += next().is("(") ? 1 : next().is(")") ? -1 : 0;
            at++;
        }
        return new Step.Unchanged(name);
    }

    private void hints() {
        parameters(Set.of());
    }

    /** Reads {@code name = word} as long as the name is one of these or a hint, which changes nothing here. */
    private Map<String, String> parameters(Set<String> known) {
        Map<String, String> parameters = new HashMap<>();
        while (true) {
            boolean hint = next().is("hint") && ahead(1).is(".") && ahead(3).is("=");
            if (hint) {
                at += 4;
                at++;
            } else if (next().kind() == Kind.NAME && known.contains(next().text()) && ahead(1).is("=")) {
                String name = next().text();
                at += 2;
                Token value = next();
                if (value.kind() == Kind.END || value.kind() == Kind.SYMBOL) {
                    throw unexpected("a value for " + name);
                }
                parameters.put(name, value.kind() == Kind.TEXT ? String.valueOf(value.value()) : value.text());
                at++;
            } else {
                return parameters;
            }
        }
    }

    // Expressions, from the weakest binding to the strongest

    private List<Named> namedList() {
        List<Named> list = new ArrayList<>();
        do {
            list.add(named());
        } while (take(","));
        return list;
    }

    private Named named() {
        if (ahead(1).is("=") && isName(next())) {
            String name = name();
            expect("=");
            return new Named(List.of(name), expression());
        }
        if (next().is("[") && ahead(1).kind() == Kind.TEXT && ahead(2).is("]") && ahead(3).is("=")) {
            String name = name();
            expect("=");
            return new Named(List.of(name), expression());
        }
        if (startsTupleOfNames()) {
            List<String> names = new ArrayList<>();
            expect("(");
            do {
                names.add(name());
            } while (take(","));
            expect(")");
            expect("=");
            return new Named(names, expression());
        }
        return new Named(List.of(), expression());
    }

    /** {@code (a, b) =} */
    private boolean startsTupleOfNames() {
        if (!next().is("(")) {
            return false;
        }
        int ahead = 1;
        while (isName(ahead(ahead)) && ahead(ahead + 1).is(",")) {
            ahead += 2;
        }
        return isName(ahead(ahead))
                && ahead(ahead + 1).is(")")
                && ahead(ahead + 2).is("=");
    }

    private Expression expression() {
        return nested(this::either);
    }

    private Expression either() {
        Expression first = both();
        if (!next().is("or")) {
            return first;
        }
        List<Expression> operands = new ArrayList<>(List.of(first));
        while (take("or")) {
            operands.add(both());
        }
        return new Expression.Or(operands);
    }

    private Expression both() {
        Expression first = comparison();
        if (!next().is("and")) {
            return first;
        }
        List<Expression> operands = new ArrayList<>(List.of(first));
        while (take("and")) {
            operands.add(comparison());
        }
        return new Expression.And(operands);
    }

    private Expression comparison() {
        Expression left = sum();
        while (true) {
            Token operator = next();
            boolean word = operator.kind() == Kind.SYMBOL || operator.kind() == Kind.NAME;
            if (word && COMPARISONS.contains(operator.text())) {
                at++;
                left = new Expression.Binary(operator.text().equals("<>") ? "!=" : operator.text(), left, sum());
            } else if (operator.is("matches")) {
                at++;
                expect("regex");
                left = new Expression.Binary("matches regex", left, sum());
            } else if (word && MEMBERSHIPS.contains(operator.text())) {
                at++;
                left = new Expression.Membership(operator.text(), left, candidates());
            } else if (operator.is("between") || operator.is("!between")) {
                at++;
                expect("(");
                Expression low = sum();
                expect("..");
                Expression high = sum();
                expect(")");
                left = new Expression.Between(left, low, high, operator.is("!between"));
            } else {
                return left;
            }
        }
    }

    private List<Expression> candidates() {
        expect("(");
        return arguments();
    }

    private Expression sum() {
        Expression left = product();
        while (next().is("+") || next().is("-")) {
            String operator = next().text();
            at++;
            left = new Expression.Binary(operator, left, product());
        }
        return left;
    }

    private Expression product() {
        Expression left = signed();
        while (next().is("*") || next().is("/") || next().is("%")) {
            String operator = next().text();
            at++;
            left = new Expression.Binary(operator, left, signed());
        }
        return left;
    }

    private Expression signed() {
        if (take("-")) {
            return nested(() -> new Expression.Negated(signed()));
        }
        if (take("+")) {
            return nested(this::signed);
        }
        return postfix();
    }

    private Expression postfix() {
        Expression inner = primary();
        while (true) {
            if (take(".")) {
                inner = new Expression.Member(inner, name());
            } else if (take("[")) {
                Expression index = expression();
                expect("]");
                inner = new Expression.Index(inner, index);
            } else {
                return inner;
            }
        }
    }

    private Expression primary() {
        Token first = next();
        return switch (first.kind()) {
            case LONG -> literal(Table.Type.LONG);
            case REAL -> literal(Table.Type.REAL);
            case TIMESPAN -> literal(Table.Type.TIMESPAN);
            case DATETIME -> literal(Table.Type.DATETIME);
            case GUID -> literal(Table.Type.STRING);
            case TEXT -> adjacentTexts();
            case NAME -> nameOrCall();
            case SYMBOL -> {
                if (take("(")) {
                    Expression inner = query();
                    expect(")");
                    yield inner;
                }
                if (take("*")) {
                    yield new Expression.Star();
                }
                if (first.is("[") && ahead(1).kind() == Kind.TEXT) {
                    yield new Expression.Name(name());
                }
                throw unexpected("a value");
            }
            case END -> throw unexpected("a value");
        };
    }

    private Expression literal(Table.Type type) {
        @Nullable Object value = next().value();
        at++;
        return new Expression.Literal(type, value);
    }

    private Expression adjacentTexts() {
        var text = new StringBuilder();
        while (next().kind() == Kind.TEXT) {
            text.append(next().value());
            at++;
        }
        return new Expression.Literal(Table.Type.STRING, text.toString());
    }

    private Expression nameOrCall() {
        String name = next().text();
        boolean call = ahead(1).is("(");
        if (name.equalsIgnoreCase("true") || name.equalsIgnoreCase("false")) {
            at++;
            return new Expression.Literal(Table.Type.BOOL, name.equalsIgnoreCase("true"));
        }
        if (call && name.equals("dynamic")) {
            at += 2;
            @Nullable JsonNode json = json();
            expect(")");
            return new Expression.Literal(Table.Type.DYNAMIC, json);
        }
        if (call && LITERAL_CALLS.contains(name)) {
            return typedLiteral(name);
        }
        if (!isName(next())) {
            throw unexpected("a value");
        }
        at++;
        if (!call) {
            return new Expression.Name(name);
        }
        at++;
        return new Expression.Call(name, arguments());
    }

    /** What stands between the parenthesis just read and its partner. */
    private List<Expression> arguments() {
        List<Expression> arguments = new ArrayList<>();
        while (!take(")")) {
            if (!arguments.isEmpty()) {
                expect(",");
            }
            arguments.add(query());
        }
        return arguments;
    }

    /** {@code int(null)}, {@code long(-5)}, {@code real(nan)}, {@code bool(true)}, {@code bool(1)} */
    private Expression typedLiteral(String name) {
        Table.Type type = type();
        expect("(");
        boolean negative = take("-");
        if (!negative) {
            take("+");
        }
        Token token = next();
        at++;
        expect(")");
        if (token.is("null")) {
            return new Expression.Literal(type, null);
        }
        @Nullable
        Object raw = token.kind() == Kind.NAME || token.kind() == Kind.TEXT
                ? (token.value() == null ? token.text() : token.value())
                : token.value();
        @Nullable Object value = Values.convert(raw, type);
        if (value == null) {
            throw KqlException.syntax(query, token.position(), "'" + token.text() + "' is not a " + name);
        }
        if (negative) {
            value = value instanceof Long number
                    ? (Object) (-number)
                    : value instanceof Double number ? -number : value;
        }
        return new Expression.Literal(type, value);
    }

    /** What stands inside of {@code dynamic(…)}: JSON, also with single quotes and with typed literals. */
    private @Nullable JsonNode json() {
        return nested(() -> {
            if (take("[")) {
                var array = JsonNodeFactory.instance.arrayNode();
                while (!take("]")) {
                    array.add(json());
                    if (!next().is("]")) {
                        expect(",");
                    }
                }
                return array;
            }
            if (take("{")) {
                var object = JsonNodeFactory.instance.objectNode();
                while (!take("}")) {
                    Token key = next();
                    if (key.kind() != Kind.TEXT && key.kind() != Kind.NAME) {
                        throw unexpected("a name");
                    }
                    at++;
                    expect(":");
                    object.set(key.kind() == Kind.TEXT ? String.valueOf(key.value()) : key.text(), json());
                    if (!next().is("}")) {
                        expect(",");
                    }
                }
                return object;
            }
            boolean negative = take("-");
            Token token = next();
            if (token.is("null")) {
                at++;
                return null;
            }
            if (token.is("true") || token.is("false")) {
                at++;
                return JsonNodeFactory.instance.booleanNode(token.is("true"));
            }
            if (token.kind() == Kind.NAME && LITERAL_CALLS.contains(token.text()) && ahead(1).is("(")) {
                Expression.Literal typed = (Expression.Literal) typedLiteral(token.text());
                return Values.json(typed.value());
            }
            if (token.kind() == Kind.SYMBOL || token.kind() == Kind.NAME || token.kind() == Kind.END) {
                throw unexpected("a JSON value");
            }
            at++;
            @Nullable Object value = token.value();
            if (negative) {
                value = value instanceof Long number
                        ? (Object) (-number)
                        : value instanceof Double number ? -number : value;
            }
            return Values.json(value);
        });
    }

    private Table.Type type() {
        Token token = next();
        Table.@Nullable Type type = token.kind() == Kind.NAME ? TYPES.get(token.text()) : null;
        if (type == null) {
            throw unexpected("a type ("
                    + String.join(", ", TYPES.keySet().stream().sorted().toList()) + ")");
        }
        at++;
        return type;
    }

    // Tokens

    private String name() {
        Token token = next();
        if (token.is("[") && ahead(1).kind() == Kind.TEXT && ahead(2).is("]")) {
            String name = String.valueOf(ahead(1).value());
            at += 3;
            return name;
        }
        if (!isName(token)) {
            throw unexpected("a name");
        }
        at++;
        return token.text();
    }

    /** Whether a word can name something; operators written as words cannot. */
    private static boolean isName(Token token) {
        return token.kind() == Kind.NAME
                && switch (token.text().toLowerCase(Locale.ROOT)) {
                    case "and",
                            "or",
                            "by",
                            "on",
                            "matches",
                            "between",
                            "contains",
                            "startswith",
                            "endswith",
                            "has",
                            "in" -> false;
                    default -> !token.text().startsWith("!");
                };
    }

    private Token next() {
        return ahead(0);
    }

    private Token ahead(int count) {
        return tokens.get(Math.min(at + count, tokens.size() - 1));
    }

    private boolean atEnd() {
        return next().kind() == Kind.END || next().is(";") || next().is(")") || next().is("}");
    }

    private boolean take(String text) {
        boolean taken = next().is(text);
        if (taken) {
            at++;
        }
        return taken;
    }

    private void expect(String text) {
        if (!take(text)) {
            throw unexpected("'" + text + "'");
        }
    }

    private void expectEnd() {
        if (next().kind() != Kind.END) {
            throw unexpected("the end of the query");
        }
    }

    private <T extends @Nullable Object> T nested(Supplier<T> rule) {
        depth++;
        if (depth > DEEPEST_NESTING) {
            throw trouble("The query is nested more than " + DEEPEST_NESTING + " levels deep");
        }
        T result = rule.get();
        depth--;
        return result;
    }

    private KqlException unexpected(String wanted) {
        String found = next().text();
        return trouble("Expected %s, but found %s"
                .formatted(
                        wanted,
                        next().kind() == Kind.SYMBOL || next().kind() == Kind.NAME ? "'" + found + "'" : found));
    }

    private KqlException trouble(String detail) {
        return KqlException.syntax(query, next().position(), detail);
    }
}
