package dev.gatehouse.workbench.files;

import dev.gatehouse.workbench.platform.database.Scope;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Gives files to whoever asks, on pages and by the API alike: as attachments, which no browser shows or runs. */
public final class Downloads {

    private Downloads() {}

    /**
     * Answers with the bytes of an uploaded file.
     *
     * @throws IOException when whoever reads is gone, or the file was removed meanwhile
     */
    public static void send(Files files, Scope scope, StoredFile file, HttpServletResponse response)
            throws IOException {
        var content = file.content().orElseThrow();
        response.setContentType(content.type());
        response.setContentLengthLong(content.bytes());
        response.setHeader("Content-Disposition", file.what().name().attachment());
        response.setHeader("X-Content-Type-Options", "nosniff");
        files.write(scope, file, response.getOutputStream());
    }
}
