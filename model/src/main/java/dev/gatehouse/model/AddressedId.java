package dev.gatehouse.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * How an id of Microsoft's stands in an address. Those that Microsoft makes stand there as they are. One with a slash, a
 * backslash, a percent sign, a semicolon, blanks or dots alone would be refused by web servers or cut up by browsers even
 * when it is escaped, so it becomes {@code ~} and its UTF-8 in base64url (RFC 4648, section 5, without padding).
 */
public final class AddressedId {

    private static final char MARK = '~';
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private AddressedId() {}

    /** An id as one segment of a path. */
    public static String of(String id) {
        return PLAIN.matcher(id).matches()
                ? id
                : MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    /** The id that a segment stands for. Whoever escaped it in the usual way instead is understood as well. */
    public static String read(String segment) {
        if (segment.isEmpty() || segment.charAt(0) != MARK) {
            return segment;
        }
        try {
            var utf8 = Base64.getUrlDecoder().decode(segment.substring(1));
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return segment;
        }
    }
}
