package dev.gatehouse.intake.parse;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A record's text with everything removed that may differ while its content does not, so that equal content has equal
 * bytes:
 *
 * <ul>
 *   <li>members are sorted by name, and there are no blanks;
 *   <li>members that are null are left out: in OData null and absent say the same;
 *   <li>numbers are written as {@code digits E exponent}, so that {@code 1}, {@code 1.0} and {@code 1e0} are one;
 *   <li>strings escape everything outside printable ASCII;
 *   <li>OData's annotations ({@code @odata.context}, {@code @odata.etag}, {@code Intent@odata.type} …) are left out, since
 *       they depend on how was asked. Only an inner {@code @odata.type} stays: it says what kind of evidence something is.
 * </ul>
 *
 * The order of lists stays, because it may mean something.
 */
final class CanonicalJson {

    private static final String ANNOTATION = "@odata.";
    private static final String TYPE = "@odata.type";

    private final StringBuilder out = new StringBuilder(4096);

    private CanonicalJson() {}

    static byte[] of(JsonNode record) {
        var canonical = new CanonicalJson();
        canonical.write(record, 0);
        return canonical.out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void write(JsonNode node, int depth) {
        switch (node.getNodeType()) {
            case OBJECT -> writeObject(node, depth);
            case ARRAY -> writeArray(node, depth);
            case STRING -> writeString(node.stringValue());
            case NUMBER -> writeNumber(node.decimalValue());
            case BOOLEAN -> out.append(node.booleanValue() ? "true" : "false");
            case NULL -> out.append("null");
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("JSON text has no " + node.getNodeType());
        }
    }

    private void writeObject(JsonNode object, int depth) {
        var sorted = new TreeMap<String, JsonNode>();
        for (var member : object.properties()) {
            if (!member.getValue().isNull() && !isRequestDependent(member.getKey(), depth)) {
                sorted.put(member.getKey(), member.getValue());
            }
        }
        out.append('{');
        var separator = "";
        for (var member : sorted.entrySet()) {
            out.append(separator);
            writeString(member.getKey());
            out.append(':');
            write(member.getValue(), depth + 1);
            separator = ",";
        }
        out.append('}');
    }

    private static boolean isRequestDependent(String name, int depth) {
        return name.contains(ANNOTATION) && (depth == 0 || !name.equals(TYPE));
    }

    private void writeArray(JsonNode array, int depth) {
        out.append('[');
        var separator = "";
        for (var element : array) {
            out.append(separator);
            write(element, depth + 1);
            separator = ",";
        }
        out.append(']');
    }

    private void writeNumber(BigDecimal number) {
        // Not toPlainString: 1e999999999 is well-formed and would fill the memory with zeros.
        var stripped = number.stripTrailingZeros();
        out.append(stripped.unscaledValue()).append('E').append(-(long) stripped.scale());
    }

    private void writeString(String text) {
        out.append('"');
        for (var index = 0; index < text.length(); index++) {
            var character = text.charAt(index);
            if (character == '"' || character == '\\') {
                out.append('\\');
                out.append(character);
            } else if (character >= ' ' && character <= '~') {
                out.append(character);
            } else {
                out.append("\\u").append(HexFormat.of().toHexDigits(character));
            }
        }
        out.append('"');
    }
}
