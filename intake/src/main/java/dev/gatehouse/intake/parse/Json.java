package dev.gatehouse.intake.parse;

import dev.gatehouse.model.Original;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How records are read: decimals stay exact, and text behind the record is an error. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /**
     * Reads a record's text as a tree.
     *
     * @throws JacksonException when it is not one well-formed JSON value
     */
    static JsonNode read(Original original) {
        return MAPPER.readTree(original.bytes());
    }
}
