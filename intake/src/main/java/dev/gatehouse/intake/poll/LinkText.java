package dev.gatehouse.intake.poll;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The text of {@code @odata.nextLink} as an address. Graph's links come with characters that a strict reading of addresses
 * does not allow, such as blanks in a filter; those are escaped, everything else stays as it is.
 */
final class LinkText {

    private static final String ALLOWED = "-._~:/?#[]@!$&'()*+,;=%";

    private LinkText() {}

    /** The address, or empty when the text is none even so. */
    static Optional<URI> read(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return readEscaped(text);
        }
    }

    private static Optional<URI> readEscaped(String text) {
        var escaped = new StringBuilder();
        for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
            var character = (char) (octet & 0xFF);
            if (character < 0x80 && (Character.isLetterOrDigit(character) || ALLOWED.indexOf(character) >= 0)) {
                escaped.append(character);
            } else {
                escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        try {
            return Optional.of(new URI(escaped.toString()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
