package dev.gatehouse.intake.parse;

import dev.gatehouse.model.ContentHash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
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

    /** {@code \u00e9}: what a character takes at most. */
    private static final int LONGEST_ESCAPE = 6;

    private byte[] out = new byte[8 * 1024];
    private int length;

    private CanonicalJson() {}

    static byte[] of(JsonNode record) {
        var canonical = written(record);
        return Arrays.copyOf(canonical.out, canonical.length);
    }

    /** The hash of {@link #of}, by which a version is known. */
    static ContentHash hashOf(JsonNode record) {
        var canonical = written(record);
        return ContentHash.of(ByteBuffer.wrap(canonical.out, 0, canonical.length));
    }

    private static CanonicalJson written(JsonNode record) {
        var canonical = new CanonicalJson();
        canonical.write(record, 0);
        return canonical;
    }

    private void write(JsonNode node, int depth) {
        switch (node.getNodeType()) {
            case OBJECT -> writeObject(node, depth);
            case ARRAY -> writeArray(node, depth);
            case STRING -> writeString(node.stringValue());
            case NUMBER -> writeNumber(node);
            case BOOLEAN -> writeAscii(node.booleanValue() ? "true" : "false");
            case NULL -> writeAscii("null");
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("JSON text has no " + node.getNodeType());
        }
    }

    private void writeObject(JsonNode object, int depth) {
        var names = new String[object.size()];
        var count = 0;
        for (var member : object.properties()) {
            if (!member.getValue().isNull() && !isRequestDependent(member.getKey(), depth)) {
                names[count++] = member.getKey();
            }
        }
        Arrays.sort(names, 0, count);
        write('{');
        for (var index = 0; index < count; index++) {
            if (index > 0) {
                write(',');
            }
            writeString(names[index]);
            write(':');
            write(object.required(names[index]), depth + 1);
        }
        write('}');
    }

    private static boolean isRequestDependent(String name, int depth) {
        return name.contains(ANNOTATION) && (depth == 0 || !name.equals(TYPE));
    }

    private void writeArray(JsonNode array, int depth) {
        write('[');
        for (var index = 0; index < array.size(); index++) {
            if (index > 0) {
                write(',');
            }
            write(array.required(index), depth + 1);
        }
        write(']');
    }

    private void writeNumber(JsonNode number) {
        // Not toPlainString: 1e999999999 is well-formed and would fill the memory with zeros.
        var stripped = number.decimalValue().stripTrailingZeros();
        writeAscii(stripped.unscaledValue().toString());
        write('E');
        writeAscii(Long.toString(-(long) stripped.scale()));
    }

    private void writeString(String text) {
        makeRoomFor(text.length() + 2);
        var into = out;
        var at = length;
        into[at++] = '"';
        var end = text.length();
        var index = 0;
        while (index < end) {
            var character = text.charAt(index);
            if (!isPlain(character)) {
                break;
            }
            into[at++] = (byte) character;
            index++;
        }
        length = at;
        if (index < end) {
            writeEscaped(text, index);
        }
        write('"');
    }

    private static boolean isPlain(char character) {
        return character >= ' ' && character <= '~' && character != '"' && character != '\\';
    }

    private void writeEscaped(String text, int from) {
        for (var index = from; index < text.length(); index++) {
            makeRoomFor(LONGEST_ESCAPE);
            var character = text.charAt(index);
            if (character == '"' || character == '\\') {
                out[length++] = '\\';
                out[length++] = (byte) character;
            } else if (isPlain(character)) {
                out[length++] = (byte) character;
            } else {
                writeAscii("\\u");
                writeAscii(HexFormat.of().toHexDigits(character));
            }
        }
    }

    private void writeAscii(String text) {
        makeRoomFor(text.length());
        for (var index = 0; index < text.length(); index++) {
            out[length++] = (byte) text.charAt(index);
        }
    }

    private void write(char ascii) {
        makeRoomFor(1);
        out[length++] = (byte) ascii;
    }

    private void makeRoomFor(int more) {
        if (more > out.length - length) {
            out = Arrays.copyOf(
                    out, Math.max(Math.addExact(length, more), (int) Math.min(2L * out.length, Integer.MAX_VALUE - 8)));
        }
    }
}
