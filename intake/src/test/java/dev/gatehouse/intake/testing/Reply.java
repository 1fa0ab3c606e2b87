package dev.gatehouse.intake.testing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the pretend Microsoft answers.
 *
 * @param status HTTP status
 * @param headers besides the content type
 * @param body the text
 */
public record Reply(int status, Map<String, String> headers, String body) {

    public static Reply json(int status, String body) {
        return new Reply(status, Map.of("Content-Type", "application/json"), body);
    }

    /** A page of a list with these records. */
    public static Reply page(String... records) {
        return json(200, "{\"@odata.context\":\"x\",\"value\":[%s]}".formatted(String.join(",", records)));
    }

    /** A page of a hunting table with these rows. */
    public static Reply rows(String... rows) {
        return json(200, "{\"schema\":[],\"results\":[%s]}".formatted(String.join(",", rows)));
    }

    public static Reply graphError(int status, String code, String message) {
        return json(
                status,
                "{\"error\":{\"code\":\"%s\",\"message\":\"%s\",\"innerError\":{\"request-id\":\"inner-id\"}}}"
                        .formatted(code, message));
    }

    public static Reply entraError(int status, String error, int code) {
        return json(
                status,
                "{\"error\":\"%s\",\"error_description\":\"AADSTS%d: text\",\"error_codes\":[%d],\"trace_id\":\"trace\"}"
                        .formatted(error, code, code));
    }

    /** A token for an hour with these permissions. Its last part tells tokens apart. */
    public static Reply token(String name, String... roles) {
        return json(
                200,
                "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"%s\"}".formatted(jwt(name, roles)));
    }

    public static String jwt(String name, String... roles) {
        var list = List.of(roles).stream().map("\"%s\""::formatted).collect(Collectors.joining(","));
        return "%s.%s.%s".formatted(encoded("{\"alg\":\"none\"}"), encoded("{\"roles\":[%s]}".formatted(list)), name);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    public Reply with(String header, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Reply(status, all, body);
    }
}
