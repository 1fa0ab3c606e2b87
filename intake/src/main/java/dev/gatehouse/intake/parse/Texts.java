package dev.gatehouse.intake.parse;

import java.util.ArrayList;
import tools.jackson.databind.JsonNode;

/** JSON values as text that every database takes. */
final class Texts {

    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    /** A string as it is, a list of plain values with commas, anything else as JSON. Null is empty. */
    static String of(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> storable(value.stringValue());
            case NUMBER, BOOLEAN -> value.asString();
            case ARRAY -> ofArray(value);
            case NULL, MISSING -> "";
            case OBJECT, BINARY, POJO -> storable(value.toString());
        };
    }

    private static String ofArray(JsonNode array) {
        var texts = new ArrayList<String>();
        for (var element : array) {
            if (element.isContainer()) {
                return storable(array.toString());
            }
            texts.add(of(element));
        }
        return String.join(", ", texts);
    }

    /** JSON may hold a NUL and halves of surrogate pairs, PostgreSQL's texts may not; the original keeps them. */
    static String storable(String text) {
        for (var index = 0; index < text.length(); index++) {
            if (text.charAt(index) == 0 || Character.isSurrogate(text.charAt(index))) {
                return repaired(text);
            }
        }
        return text;
    }

    private static String repaired(String text) {
        var repaired = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point == 0 || isHalf(point) ? REPLACEMENT : point)
                .forEach(repaired::appendCodePoint);
        return repaired.toString();
    }

    /** The first characters of a text, so many at most, without a half of one at the end. */
    static String beginning(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
