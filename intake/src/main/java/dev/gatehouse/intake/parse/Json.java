package dev.gatehouse.intake.parse;

import dev.gatehouse.model.Original;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How records are read: decimals stay exact, and text behind the record is an error. */
final class Json {

    /** Jackson's own. They bound what one record can cost; {@link Reasons} names the one that a record exceeds. */
    static final StreamReadConstraints LIMITS = StreamReadConstraints.defaults();

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
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
        return MAPPER.readTree(original.stream());
    }
}
