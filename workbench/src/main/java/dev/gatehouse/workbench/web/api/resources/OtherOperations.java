package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.web.api.dialect.Documents;
import dev.gatehouse.workbench.web.api.dialect.Operation;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import tools.jackson.databind.node.ObjectNode;

/** The addresses of the API that are no collection, as methods with an {@link Operation} describe them. */
final class OtherOperations {

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private OtherOperations() {}

    /** Adds those that the paths do not have yet. */
    static void addTo(ObjectNode paths, Map<RequestMappingInfo, HandlerMethod> methods) {
        methods.forEach((mapping, method) -> {
            var operation = method.getMethodAnnotation(Operation.class);
            if (operation != null) {
                mapping.getPatternValues().forEach(pattern -> mapping.getMethodsCondition()
                        .getMethods()
                        .forEach(verb -> add(paths, pattern, verb.name().toLowerCase(Locale.ROOT), operation)));
            }
        });
    }

    private static void add(ObjectNode paths, String pattern, String verb, Operation operation) {
        var path = paths.withObjectProperty(pattern);
        if (path.has(verb)) {
            return;
        }
        var names = VARIABLE.matcher(pattern)
                .results()
                .map(variable -> variable.group(1))
                .toArray(String[]::new);
        if (names.length > 0 && !path.has("parameters")) {
            path.set("parameters", OpenApi.parameters(names));
        }
        var described = path.putObject(verb);
        if (!operation.consumes().isEmpty()) {
            var sent = described.putObject("requestBody").putObject("content");
            sent.putObject(operation.consumes()).putObject("schema").put("type", "object");
        }
        // Some say by 201 or 202 what became of it.
        var content = OpenApi.answered(described, operation.value(), "2XX").putObject("content");
        var schema = content.putObject(operation.produces()).putObject("schema");
        if (operation.produces().equals(Documents.MEDIA_TYPE.toString())) {
            schema.put("type", "object");
        }
    }
}
