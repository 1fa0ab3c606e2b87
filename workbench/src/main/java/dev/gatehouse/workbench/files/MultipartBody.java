package dev.gatehouse.workbench.files;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.UploadContext;

/**
 * The part {@code file} of a {@code multipart/form-data} request, read while it comes in: neither memory nor disk holds it as
 * a whole. Spring's own way of taking such requests is switched off for that.
 */
public final class MultipartBody {

    /** The name of the part. */
    public static final String PART = "file";

    private static final int MOST_PARTS = 20;

    /** Of what is too large, so much is read and thrown away: a client that is still sending does not read the refusal. */
    private static final long THROWN_AWAY = 1L << 30;

    private MultipartBody() {}

    /** What is done with the part. */
    public interface Taking {
        /**
         * Takes it.
         *
         * @param filename as whoever sends it calls it; may be empty
         * @param bytes of it
         */
        Uploaded take(String filename, InputStream bytes);
    }

    /**
     * Reads a request as far as its part {@code file}.
     *
     * @return what became of it; {@link Uploaded.BrokeOff} when there is no such part
     */
    public static Uploaded read(HttpServletRequest request, Taking taking) {
        if (!String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            return new Uploaded.BrokeOff("Send the file as multipart/form-data, in a part named '%s'.".formatted(PART));
        }
        try {
            var body = new Body(request);
            var taken = taken(parts(body), taking);
            if (!(taken instanceof Uploaded.Kept)) {
                body.getInputStream().skip(THROWN_AWAY);
            }
            return taken;
        } catch (IOException e) {
            return new Uploaded.BrokeOff("The upload ended before the file was complete, and nothing of it was kept.");
        }
    }

    private static FileItemIterator parts(Body body) throws IOException {
        var reading = new FileUpload();
        reading.setHeaderEncoding("UTF-8");
        reading.setFileCountMax(MOST_PARTS);
        return reading.getItemIterator(body);
    }

    private static Uploaded taken(FileItemIterator parts, Taking taking) throws IOException {
        for (var seen = 0; seen < MOST_PARTS && parts.hasNext(); seen++) {
            var part = parts.next();
            if (PART.equals(part.getFieldName())) {
                // Not closed, which would read a part to its end that may have none.
                return taking.take(Optional.ofNullable(part.getName()).orElse(""), part.openStream());
            }
        }
        return new Uploaded.BrokeOff("There is no part named '%s' with a file in it.".formatted(PART));
    }

    /** A request as Tomcat's reader of parts wants it. */
    private record Body(HttpServletRequest request) implements UploadContext {

        @Override
        public String getCharacterEncoding() {
            return "UTF-8";
        }

        @Override
        public String getContentType() {
            return request.getContentType();
        }

        @Override
        public long contentLength() {
            return request.getContentLengthLong();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return request.getInputStream();
        }
    }
}
