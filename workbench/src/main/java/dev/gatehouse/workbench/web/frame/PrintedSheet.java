package dev.gatehouse.workbench.web.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The style sheet inside a page that leaves us as one file, to be printed or sent. Our policy forbids inline styles, so that
 * the page comes with a policy of its own that allows exactly this one, by its hash.
 *
 * @param styles the sheet
 * @param policy the header
 */
public record PrintedSheet(String styles, String policy) {

    /**
     * Reads a sheet.
     *
     * @param beside the class whose folder it is in
     * @param name of the file
     */
    public static PrintedSheet read(Class<?> beside, String name) {
        try (var sheet = beside.getResourceAsStream(name)) {
            if (sheet == null) {
                throw new IllegalStateException("%s is missing from this build".formatted(name));
            }
            var styles = new String(sheet.readAllBytes(), UTF_8);
            var hash = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(styles.getBytes(UTF_8)));
            return new PrintedSheet(
                    styles,
                    "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                            .formatted(hash));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
