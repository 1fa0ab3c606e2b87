package dev.gatehouse.workbench.people;

import io.nayuki.qrcodegen.QrCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The picture that authenticator apps read, as the path of an SVG drawing. */
final class QrCodes {

    /** White around it, in modules, as ISO/IEC 18004 asks for. */
    private static final int BORDER = 4;

    private QrCodes() {}

    /**
     * A picture.
     *
     * @param size of its sides, in modules
     * @param path what is black
     */
    record Picture(int size, String path) {}

    /**
     * What an app has to know, see <a href="https://github.com/google/google-authenticator/wiki/Key-Uri-Format">Key URI format</a>.
     *
     * @param email whose code it is
     * @param secret in Base32
     */
    static String address(String email, String secret) {
        return "otpauth://totp/Gatehouse:%s?secret=%s&issuer=Gatehouse&algorithm=SHA1&digits=%d&period=%d"
                .formatted(
                        URLEncoder.encode(email, StandardCharsets.UTF_8).replace("+", "%20"),
                        secret,
                        OneTimeCodes.DIGITS,
                        OneTimeCodes.STEP.toSeconds());
    }

    static Picture of(String text) {
        var code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        var path = new StringBuilder();
        for (var y = 0; y < code.size; y++) {
            for (var x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M')
                            .append(x + BORDER)
                            .append(',')
                            .append(y + BORDER)
                            .append("h1v1h-1z");
                }
            }
        }
        return new Picture(code.size + 2 * BORDER, path.toString());
    }
}
