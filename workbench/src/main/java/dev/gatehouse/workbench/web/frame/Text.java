package dev.gatehouse.workbench.web.frame;

import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.Original;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * An original as a page shows it.
 *
 * @param verbatim as received; empty when it is too long for a page
 * @param pretty the same, laid out over lines
 * @param bytes how long it is
 */
public record Text(String verbatim, String pretty, int bytes) {

    /** A browser has trouble with longer ones; they can still be downloaded. */
    private static final int LONGEST = 500_000;

    /** The text of a record, laid out. */
    public static Text of(Original original) {
        if (original.length() > LONGEST) {
            return new Text("", "", original.length());
        }
        return new Text(original.text(), PrettyJson.of(original.text()), original.length());
    }

    public boolean isTooLong() {
        return bytes > LONGEST;
    }

    /** A version's hash out of an address. */
    public static Optional<ContentHash> hash(String text) {
        try {
            return Optional.of(new ContentHash(HexFormat.of().parseHex(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The bytes as received, as a file to keep. */
    public static ResponseEntity<byte[]> download(Original original, String name) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name + ".json")
                                .build()
                                .toString())
                .body(original.bytes());
    }
}
