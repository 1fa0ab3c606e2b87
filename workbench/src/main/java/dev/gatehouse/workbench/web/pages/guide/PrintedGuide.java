package dev.gatehouse.workbench.web.pages.guide;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The style sheet inside the printable guide, which leaves us as one file. Our policy forbids inline styles, so that the
 * page comes with a policy of its own that allows exactly this one, by its hash.
 *
 * @param styles the sheet
 * @param policy the header
 */
record PrintedGuide(String styles, String policy) {

    static PrintedGuide read() {
        try (var sheet = PrintedGuide.class.getResourceAsStream("printed-guide.css")) {
            if (sheet == null) {
                throw new IllegalStateException("printed-guide.css is missing from this build");
            }
            var styles = new String(sheet.readAllBytes(), UTF_8);
            var hash = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(styles.getBytes(UTF_8)));
            return new PrintedGuide(
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
