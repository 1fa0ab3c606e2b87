package dev.gatehouse.simulator.csdl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;

/**
 * Types of an OData metadata document, against which JSON can be measured. Finds properties that a type does not have,
 * missing or null values where the type wants one, values of a wrong primitive type, unknown members of enumerations and
 * derived types that do not derive. Annotations ({@code name@odata.type}) are let through.
 */
public final class Csdl {

    private static final Pattern GUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern DATE_TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,7})?Z");

    private final Map<String, Set<String>> enumerations = new HashMap<>();
    private final Map<String, Structure> structures = new HashMap<>();

    private record Structure(@Nullable String base, boolean open, Map<String, Property> properties) {}

    /** A property's type, e.g. {@code Collection(Edm.String)}; navigation properties need never be there. */
    private record Property(String type, boolean nullable, boolean navigation) {}

    private Csdl() {}

    /** Microsoft Graph's security types. */
    public static Csdl ofGraph() {
        return read(ReferenceFolder.file("graph/csdl/graph-v1.0-subset.csdl.xml"));
    }

    static Csdl read(Path file) {
        try (var in = Files.newInputStream(file)) {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var root = factory.newDocumentBuilder().parse(in).getDocumentElement();
            var csdl = new Csdl();
            elements(root, "DataServices")
                    .flatMap(services -> elements(services, "Schema"))
                    .forEach(csdl::addSchema);
            return csdl;
        } catch (IOException | SAXException | ParserConfigurationException exception) {
            throw new IllegalStateException("Cannot read " + file, exception);
        }
    }

    private static Stream<Element> elements(Element parent, String name) {
        var nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .<@Nullable Node>mapToObj(nodes::item)
                .filter(node -> node instanceof Element element && name.equals(element.getLocalName()))
                .map(node -> (Element) Objects.requireNonNull(node));
    }

    private void addSchema(Element schema) {
        var namespace = schema.getAttribute("Namespace");
        elements(schema, "EnumType")
                .forEach(type -> enumerations.put(
                        namespace + "." + type.getAttribute("Name"),
                        Set.copyOf(elements(type, "Member")
                                .map(member -> member.getAttribute("Name"))
                                .toList())));
        Stream.concat(elements(schema, "ComplexType"), elements(schema, "EntityType"))
                .forEach(type -> addStructure(namespace, type));
    }

    private void addStructure(String namespace, Element type) {
        var properties = new LinkedHashMap<String, Property>();
        elements(type, "Property")
                .forEach(property -> properties.put(
                        property.getAttribute("Name"),
                        new Property(
                                fullName(property.getAttribute("Type"), namespace),
                                !property.getAttribute("Nullable").equals("false"),
                                false)));
        elements(type, "NavigationProperty")
                .forEach(property -> properties.put(
                        property.getAttribute("Name"),
                        new Property(fullName(property.getAttribute("Type"), namespace), true, true)));
        var base = type.getAttribute("BaseType");
        structures.put(
                namespace + "." + type.getAttribute("Name"),
                new Structure(
                        base.isEmpty() ? null : fullName(base, namespace),
                        type.getAttribute("OpenType").equals("true"),
                        properties));
    }

    /** Resolves the aliases that Microsoft's document uses. */
    private static String fullName(String type, String namespace) {
        return type.replaceAll("\\bself\\.", namespace + ".").replaceAll("(?<![\\w.])graph\\.", "microsoft.graph.");
    }

    /** The members of an enumeration in no particular order; empty when there is no such enumeration. */
    public Set<String> members(String enumeration) {
        return enumerations.getOrDefault(enumeration, Set.of());
    }

    /** The properties of a type and of what it derives from. */
    public Set<String> properties(String type) {
        return allProperties(type).keySet();
    }

    /**
     * All that is wrong with a value, each with the place at which it stands; empty when nothing is.
     *
     * @param type full name, e.g. {@code microsoft.graph.security.alert}
     */
    public List<String> problems(JsonNode value, String type) {
        var problems = new ArrayList<String>();
        check(value, type, type.substring(type.lastIndexOf('.') + 1), problems);
        return problems;
    }

    private void check(JsonNode value, String type, String place, List<String> problems) {
        if (type.startsWith("Collection(")) {
            checkCollection(value, type.substring("Collection(".length(), type.length() - 1), place, problems);
        } else if (type.startsWith("Edm.")) {
            checkPrimitive(value, type, place, problems);
        } else if (enumerations.containsKey(type)) {
            if (!value.isString() || !members(type).contains(value.asString())) {
                problems.add("%s: %s is not a member of %s".formatted(place, value, type));
            }
        } else if (structures.containsKey(type)) {
            checkStructure(value, type, place, problems);
        } else {
            problems.add("%s: the metadata has no type %s".formatted(place, type));
        }
    }

    private void checkCollection(JsonNode value, String type, String place, List<String> problems) {
        if (!value.isArray()) {
            problems.add("%s: a list was expected, not %s".formatted(place, value));
            return;
        }
        for (int i = 0; i < value.size(); i++) {
            check(value.get(i), type, "%s[%d]".formatted(place, i), problems);
        }
    }

    private static void checkPrimitive(JsonNode value, String type, String place, List<String> problems) {
        var fits =
                switch (type) {
                    case "Edm.String" -> value.isString();
                    case "Edm.Boolean" -> value.isBoolean();
                    case "Edm.Byte" -> value.isInt() && value.asInt() >= 0 && value.asInt() <= 255;
                    case "Edm.Int16", "Edm.Int32" -> value.isInt();
                    case "Edm.Int64" -> value.isIntegralNumber() && value.canConvertToLong();
                    case "Edm.Double", "Edm.Single", "Edm.Decimal" -> value.isNumber();
                    case "Edm.Guid" ->
                        value.isString() && GUID.matcher(value.asString()).matches();
                    case "Edm.DateTimeOffset" ->
                        value.isString() && DATE_TIME.matcher(value.asString()).matches();
                    default -> false;
                };
        if (!fits) {
            problems.add("%s: %s is not a %s".formatted(place, value, type));
        }
    }

    private void checkStructure(JsonNode value, String declared, String place, List<String> problems) {
        if (!value.isObject()) {
            problems.add("%s: an object was expected, not %s".formatted(place, value));
            return;
        }
        var type = actualType(value, declared, place, problems);
        if (type.isEmpty()) {
            return;
        }
        var properties = allProperties(type.get());
        value.propertyStream()
                .filter(property -> !property.getKey().contains("@odata."))
                .filter(property -> !properties.containsKey(property.getKey()))
                .filter(_ -> !isOpen(type.get()))
                .forEach(property ->
                        problems.add("%s: %s has no property %s".formatted(place, type.get(), property.getKey())));
        properties.forEach((name, property) -> {
            var present = value.path(name);
            if (present.isMissingNode() || present.isNull()) {
                if (!property.nullable()) {
                    problems.add("%s.%s: must not be null or missing".formatted(place, name));
                }
            } else {
                check(present, property.type(), place + "." + name, problems);
            }
        });
    }

    /** The type that {@code @odata.type} names, when it derives from the declared one. */
    private Optional<String> actualType(JsonNode value, String declared, String place, List<String> problems) {
        var named = value.path("@odata.type").asString("");
        if (named.isEmpty()) {
            return Optional.of(declared);
        }
        var type = named.replaceFirst("^#", "");
        if (!named.startsWith("#") || !derives(type, declared)) {
            problems.add("%s: the type %s does not derive from %s".formatted(place, named, declared));
            return Optional.empty();
        }
        return Optional.of(type);
    }

    private boolean derives(@Nullable String type, String from) {
        for (var current = type; current != null && structures.containsKey(current); ) {
            if (current.equals(from)) {
                return true;
            }
            current = structure(current).base();
        }
        return false;
    }

    private boolean isOpen(String type) {
        return structure(type).open();
    }

    private Map<String, Property> allProperties(String type) {
        var structure = structure(type);
        var properties = new LinkedHashMap<String, Property>();
        if (structure.base() != null) {
            properties.putAll(allProperties(structure.base()));
        }
        properties.putAll(structure.properties());
        return properties;
    }

    private Structure structure(String type) {
        return Objects.requireNonNull(structures.get(type), () -> "The metadata has no type " + type);
    }

    /** All problems of several values, to be asserted empty. */
    public List<String> problems(Iterable<JsonNode> values, String type) {
        var problems = new ArrayList<String>();
        values.forEach(value -> problems.addAll(problems(value, type)));
        return problems;
    }
}
