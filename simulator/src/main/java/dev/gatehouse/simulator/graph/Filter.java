package dev.gatehouse.simulator.graph;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@code $filter}: {@code eq ne gt ge lt le in}, {@code and or not} and parentheses over the properties that Microsoft
 * documents as filterable. Anything else is refused, as Graph refuses it. Samples:
 *
 * <pre>{@code
 * lastUpdateDateTime ge 2026-01-01T00:00:00Z and lastUpdateDateTime lt 2026-01-02T00:00:00.1234567Z
 * severity eq 'high' or (not status eq 'resolved' and assignedTo eq null)
 * serviceSource in ('microsoftDefenderForIdentity', 'microsoft365Defender')
 * }</pre>
 */
final class Filter {

    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(?<string>'(?:[^']|'')*')|(?<sign>[(),])|(?<word>[^\\s(),']+))");
    private static final Set<String> COMPARISONS = Set.of("eq", "ne", "gt", "ge", "lt", "le");

    private final ListDefinition definition;
    private final List<Token> tokens;
    private int position;

    private Filter(ListDefinition definition, List<Token> tokens) {
        this.definition = definition;
        this.tokens = tokens;
    }

    /** A piece of the text; {@code quoted} tells {@code 'null'} from {@code null}. */
    private record Token(String text, boolean quoted) {

        boolean is(String word) {
            return !quoted && text.equals(word);
        }
    }

    /**
     * Reads a filter.
     *
     * @throws Refused naming what is wrong with it
     */
    static Predicate<ObjectNode> parse(String text, ListDefinition definition) throws Refused {
        var filter = new Filter(definition, tokens(text));
        var condition = filter.either();
        if (filter.position < filter.tokens.size()) {
            throw Refused.badFilter(
                    "Syntax error at '%s' in '%s'.".formatted(filter.peek().text(), text));
        }
        return condition;
    }

    private static List<Token> tokens(String text) throws Refused {
        var tokens = new ArrayList<Token>();
        var matcher = TOKEN.matcher(text.strip());
        int at = 0;
        while (at < text.strip().length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw Refused.badFilter(
                        "There is an unterminated string literal at position %d in '%s'.".formatted(at, text));
            }
            var string = matcher.group("string");
            tokens.add(
                    string == null
                            ? new Token(matcher.group().strip(), false)
                            : new Token(string.substring(1, string.length() - 1).replace("''", "'"), true));
            at = matcher.end();
        }
        return tokens;
    }

    private Token peek() throws Refused {
        if (position >= tokens.size()) {
            throw Refused.badFilter("Expression expected at the end of the clause.");
        }
        return tokens.get(position);
    }

    private Token take() throws Refused {
        var token = peek();
        position++;
        return token;
    }

    private boolean takeIf(String word) {
        if (position < tokens.size() && tokens.get(position).is(word)) {
            position++;
            return true;
        }
        return false;
    }

    private void expect(String word) throws Refused {
        if (!takeIf(word)) {
            throw Refused.badFilter("')' or operator expected.");
        }
    }

    private Predicate<ObjectNode> either() throws Refused {
        var condition = both();
        while (takeIf("or")) {
            condition = condition.or(both());
        }
        return condition;
    }

    private Predicate<ObjectNode> both() throws Refused {
        var condition = one();
        while (takeIf("and")) {
            condition = condition.and(one());
        }
        return condition;
    }

    private Predicate<ObjectNode> one() throws Refused {
        if (takeIf("not")) {
            return one().negate();
        }
        if (takeIf("(")) {
            var condition = either();
            expect(")");
            return condition;
        }
        return comparison();
    }

    private Predicate<ObjectNode> comparison() throws Refused {
        var name = take();
        var property = property(name);
        var operator = take().text();
        if (operator.equals("in")) {
            return anyOf(name.text(), property);
        }
        if (!COMPARISONS.contains(operator)) {
            throw Refused.badFilter(
                    "Syntax error: operator expected after '%s', found '%s'.".formatted(name.text(), operator));
        }
        return compare(name.text(), property, operator, take());
    }

    private ListDefinition.Property property(Token name) throws Refused {
        if (name.quoted() || !name.text().matches("[A-Za-z_][A-Za-z0-9_/]*")) {
            throw Refused.badFilter("A property name was expected, found '%s'.".formatted(name.text()));
        }
        if (!definition.has(name.text())) {
            throw Refused.badFilter(
                    "Could not find a property named '%s' on type '%s'.".formatted(name.text(), definition.typeName()));
        }
        return definition
                .filterable(name.text())
                .orElseThrow(() -> Refused.badFilter(
                        "The property '%s' cannot be used in the $filter query option.".formatted(name.text())));
    }

    private Predicate<ObjectNode> anyOf(String name, ListDefinition.Property property) throws Refused {
        expect("(");
        var condition = compare(name, property, "eq", take());
        while (takeIf(",")) {
            condition = condition.or(compare(name, property, "eq", take()));
        }
        expect(")");
        return condition;
    }

    private static Predicate<ObjectNode> compare(
            String name, ListDefinition.Property property, String operator, Token literal) throws Refused {
        if (literal.is("null")) {
            return compareWithNull(name, operator);
        }
        return switch (property) {
            case ListDefinition.Property.Time() -> compareTime(name, operator, literal);
            case ListDefinition.Property.Text() -> compareText(name, operator, literal);
            case ListDefinition.Property.Member(var enumeration) -> compareMember(name, enumeration, operator, literal);
        };
    }

    private static Predicate<ObjectNode> compareWithNull(String name, String operator) {
        return switch (operator) {
            case "eq" -> node -> node.path(name).isNull() || node.path(name).isMissingNode();
            case "ne" -> node -> !node.path(name).isNull() && !node.path(name).isMissingNode();
            // OData: any other comparison with null is false.
            default -> _ -> false;
        };
    }

    private static Predicate<ObjectNode> compareTime(String name, String operator, Token literal) throws Refused {
        if (literal.quoted()) {
            throw incompatible("Edm.DateTimeOffset", operator);
        }
        var asked = instant(literal.text());
        return node -> {
            var text = node.path(name).asString("");
            return !text.isEmpty() && holds(operator, Instant.parse(text).compareTo(asked));
        };
    }

    private static Instant instant(String literal) throws Refused {
        try {
            return OffsetDateTime.parse(literal.toUpperCase(Locale.ROOT)).toInstant();
        } catch (DateTimeParseException exception) {
            throw Refused.badFilter("The literal '%s' is not a valid Edm.DateTimeOffset.".formatted(literal));
        }
    }

    private static Predicate<ObjectNode> compareText(String name, String operator, Token literal) throws Refused {
        if (!literal.quoted()) {
            throw incompatible("Edm.String", operator);
        }
        return node -> {
            var text = node.path(name);
            if (!text.isString()) {
                return operator.equals("ne");
            }
            return holds(operator, text.asString().compareTo(literal.text()));
        };
    }

    private static Predicate<ObjectNode> compareMember(
            String name, Enumeration enumeration, String operator, Token literal) throws Refused {
        if (!literal.quoted() || !(operator.equals("eq") || operator.equals("ne"))) {
            throw incompatible("microsoft.graph.security." + enumeration.typeName(), operator);
        }
        var member = enumeration
                .member(literal.text())
                .orElseThrow(() -> Refused.badFilter(
                        "The string '%s' is not a valid enumeration type constant.".formatted(literal.text())));
        var wanted = operator.equals("eq");
        return node -> node.path(name).asString("").equalsIgnoreCase(member) == wanted;
    }

    private static boolean holds(String operator, int comparison) {
        return switch (operator) {
            case "eq" -> comparison == 0;
            case "ne" -> comparison != 0;
            case "gt" -> comparison > 0;
            case "ge" -> comparison >= 0;
            case "lt" -> comparison < 0;
            case "le" -> comparison <= 0;
            default -> throw new IllegalStateException("The parser let the operator '%s' through".formatted(operator));
        };
    }

    private static Refused incompatible(String type, String operator) {
        return Refused.badFilter(("A binary operator with incompatible types was detected. Found operand type '%s' for"
                        + " operator '%s'.")
                .formatted(type, operator));
    }
}
