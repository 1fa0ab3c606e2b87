package dev.gatehouse.intake.diagnose;

import dev.gatehouse.intake.http.Answer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of an answer that is not what was asked for, as far as it can be made out: Entra's
 * {@code {"error":"invalid_client","error_description":"AADSTS…","error_codes":[…]}}, Graph's
 * {@code {"error":{"code":"Forbidden","message":"…","innerError":{…}}}}, a gateway's HTML, or nothing.
 *
 * @param shape what it looks like
 * @param codes the outer code first, then those of inner errors; without empty ones
 * @param message the text for people, empty when there was none
 * @param aadsts Entra's numbers, the outermost first; older answers wrap the telling one in another
 * @param requestId Graph's request id or Entra's trace id, when there was one
 */
record ErrorBody(Shape shape, List<String> codes, String message, List<Integer> aadsts, Optional<String> requestId) {

    enum Shape {
        EMPTY,
        HTML,
        JSON,
        OTHER
    }

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern AADSTS = Pattern.compile("AADSTS(\\d{1,9})");

    /** Error bodies are short; whatever is longer is none. */
    private static final int LONGEST = 1024 * 1024;

    private static final int LONGEST_QUOTE = 300;

    ErrorBody {
        codes = List.copyOf(codes);
        aadsts = List.copyOf(aadsts);
    }

    static ErrorBody of(Answer answer) {
        var header =
                answer.headers().first("request-id").or(() -> answer.headers().first("x-ms-request-id"));
        if (answer.body().length == 0 || answer.text().isBlank()) {
            return new ErrorBody(Shape.EMPTY, List.of(), "", List.of(), header);
        }
        var json = parse(answer);
        if (json.isEmpty()) {
            return new ErrorBody(looksLikeHtml(answer) ? Shape.HTML : Shape.OTHER, List.of(), "", List.of(), header);
        }
        return ofJson(json.get(), header);
    }

    private static Optional<JsonNode> parse(Answer answer) {
        if (answer.body().length > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readTree(answer.body())).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static boolean looksLikeHtml(Answer answer) {
        var type = answer.headers().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return type.contains("html") || answer.text().stripLeading().startsWith("<");
    }

    private static ErrorBody ofJson(JsonNode json, Optional<String> header) {
        var error = json.path("error");
        if (!error.isObject()) {
            var message = text(json, "error_description").orElse("");
            var code = error.stringValueOpt().filter(text -> !text.isBlank());
            return new ErrorBody(
                    Shape.JSON,
                    code.stream().toList(),
                    message,
                    aadsts(json, message),
                    text(json, "trace_id").or(() -> header));
        }
        var codes = new ArrayList<String>();
        var requestId = header;
        for (var level = error; level.isObject(); level = innerError(level)) {
            text(level, "code").ifPresent(codes::add);
            var id = text(level, "request-id");
            requestId = requestId.or(() -> id);
        }
        var message = text(error, "message").orElse("");
        return new ErrorBody(Shape.JSON, codes, message, aadsts(json, message), requestId);
    }

    private static JsonNode innerError(JsonNode error) {
        return error.path(error.has("innerError") ? "innerError" : "innererror");
    }

    private static List<Integer> aadsts(JsonNode json, String message) {
        var numbers = new LinkedHashSet<Integer>();
        json.path("error_codes").valueStream().filter(JsonNode::isInt).forEach(code -> numbers.add(code.intValue()));
        numbers.addAll(aadsts(message));
        return List.copyOf(numbers);
    }

    /** Entra's numbers in a text, in order. */
    static List<Integer> aadsts(String message) {
        return AADSTS.matcher(message)
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .distinct()
                .toList();
    }

    private static Optional<String> text(JsonNode object, String name) {
        return object.path(name).stringValueOpt().map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The outer code, or the first that is not empty. */
    Optional<String> code() {
        return codes.stream().findFirst();
    }

    boolean hasCode(String code) {
        return codes.stream().anyMatch(code::equalsIgnoreCase);
    }

    boolean says(String words) {
        return message.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }

    /** Microsoft's own words, on one line and not too long, or what the body is in their place. */
    String quote() {
        var words = quoted(message);
        if (!words.isEmpty()) {
            return "Microsoft says: " + words;
        }
        return switch (shape) {
            case EMPTY -> "The answer had no body.";
            case HTML -> "The answer was a web page, as proxies and gateways send it.";
            case JSON -> "Microsoft gave no further explanation.";
            case OTHER -> "The answer was not JSON.";
        };
    }

    /** Somebody's words on one line, and not too long; without the ids and the time that Entra puts behind its own. */
    static String quoted(String words) {
        var oneLine = words.replaceAll("[\\p{Cntrl}\\s]+", " ")
                .replaceFirst(" Trace ID: .*", "")
                .strip();
        return oneLine.length() > LONGEST_QUOTE ? oneLine.substring(0, LONGEST_QUOTE) + "…" : oneLine;
    }
}
