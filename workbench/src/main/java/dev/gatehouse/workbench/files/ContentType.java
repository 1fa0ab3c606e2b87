package dev.gatehouse.workbench.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * What a file is, told by how it begins and never by its name or by who sends it. Everything that can be read is {@code
 * text/plain}, HTML and scripts, too, so that nothing that is served runs.
 */
final class ContentType {

    /** What nobody can tell. */
    static final String UNKNOWN = "application/octet-stream";

    private static final String TEXT = "text/plain";

    /** A file that is cut off in the middle of a character is text all the same. */
    private static final int LONGEST_CHARACTER = 4;

    /**
     * How files of a type begin.
     *
     * @param bytes a letter each, as in ISO 8859-1
     */
    private record Beginning(String type, String bytes) {

        static Beginning of(String type, String hexadecimal) {
            return text(type, new String(HexFormat.of().parseHex(hexadecimal), StandardCharsets.ISO_8859_1));
        }

        static Beginning text(String type, String letters) {
            return new Beginning(type, letters);
        }

        boolean fits(byte[] file) {
            return file.length >= bytes.length()
                    && new String(file, 0, bytes.length(), StandardCharsets.ISO_8859_1).equals(bytes);
        }
    }

    private static final List<Beginning> KNOWN = List.of(
            Beginning.text("application/pdf", "%PDF-"),
            Beginning.of("image/png", "89504e470d0a1a0a"),
            Beginning.of("image/jpeg", "ffd8ff"),
            Beginning.text("image/gif", "GIF87a"),
            Beginning.text("image/gif", "GIF89a"),
            Beginning.of("application/zip", "504b0304"),
            Beginning.of("application/zip", "504b0506"),
            Beginning.of("application/gzip", "1f8b"),
            Beginning.of("application/x-7z-compressed", "377abcaf271c"),
            Beginning.of("application/vnd.rar", "526172211a07"),
            Beginning.of("application/x-xz", "fd377a585a00"),
            Beginning.text("application/x-bzip2", "BZh"),
            Beginning.of("application/zstd", "28b52ffd"),
            Beginning.of("application/vnd.tcpdump.pcap", "d4c3b2a1"),
            Beginning.of("application/vnd.tcpdump.pcap", "a1b2c3d4"),
            Beginning.of("application/vnd.tcpdump.pcap", "4d3cb2a1"),
            Beginning.of("application/vnd.tcpdump.pcap", "a1b23c4d"),
            Beginning.of("application/x-pcapng", "0a0d0d0a"),
            Beginning.of("application/x-ms-evtx", "456c6646696c6500"),
            Beginning.text("application/x-ms-registry", "regf"),
            Beginning.of("application/x-ms-shortcut", "4c00000001140200"),
            Beginning.text("application/x-ms-minidump", "MDMP"),
            Beginning.of("application/x-ole-storage", "d0cf11e0a1b11ae1"),
            Beginning.text("application/vnd.sqlite3", "SQLite format 3\0"),
            Beginning.of("application/x-elf", "7f454c46"),
            Beginning.text("application/vnd.microsoft.portable-executable", "MZ"));

    private ContentType() {}

    /**
     * The media type of a file.
     *
     * @param beginning its first bytes; all when it is short
     */
    static String of(byte[] beginning) {
        return KNOWN.stream()
                .filter(known -> known.fits(beginning))
                .map(Beginning::type)
                .findFirst()
                .orElseGet(() -> isText(beginning) ? TEXT : UNKNOWN);
    }

    private static boolean isText(byte[] bytes) {
        if (bytes.length == 0) {
            return false;
        }
        for (var each : bytes) {
            if (each >= 0 && each < ' ' && each != '\t' && each != '\n' && each != '\r' && each != '\f') {
                return false;
            }
        }
        for (var cut = 0; cut < LONGEST_CHARACTER && cut < bytes.length; cut++) {
            if (isUtf8(bytes, bytes.length - cut)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUtf8(byte[] bytes, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
