package dev.gatehouse.benchmarks;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A piece of text, deflated so that pieces can be put together without being packed anew: each ends at a whole byte and refers
 * to nothing before it.
 */
final class Packed {

    private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    /** An empty last block. */
    private static final byte[] END = {3, 0};

    private static final int POLYNOMIAL = 0xedb88320;
    private static final int[] POWERS = powers();

    private final byte[] deflated;
    private final int crc;
    private final int length;

    private Packed(byte[] deflated, int crc, int length) {
        this.deflated = deflated;
        this.crc = crc;
        this.length = length;
    }

    static Packed of(byte[] text) {
        try (var deflater = new Deflater(6, true)) {
            deflater.setInput(text);
            var out = new ByteArrayOutputStream();
            var buffer = new byte[8_192];
            int count;
            do {
                count = deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH);
                out.write(buffer, 0, count);
            } while (count == buffer.length);
            var sum = new CRC32();
            sum.update(text);
            return new Packed(out.toByteArray(), (int) sum.getValue(), text.length);
        }
    }

    /** One gzip member of all the texts, one behind the other. */
    static byte[] gzip(List<Packed> pieces) {
        var size = GZIP_HEADER.length + END.length + 8;
        for (var piece : pieces) {
            size += piece.deflated.length;
        }
        var all = new byte[size];
        var at = put(GZIP_HEADER, all, 0);
        var crc = 0;
        var length = 0;
        for (var piece : pieces) {
            at = put(piece.deflated, all, at);
            crc = multiplied(shift(piece.length), crc) ^ piece.crc;
            length += piece.length;
        }
        at = put(END, all, at);
        at = putNumber(crc, all, at);
        putNumber(length, all, at);
        return all;
    }

    private static int put(byte[] bytes, byte[] all, int at) {
        System.arraycopy(bytes, 0, all, at, bytes.length);
        return at + bytes.length;
    }

    private static int putNumber(int number, byte[] all, int at) {
        for (var index = 0; index < 4; index++) {
            all[at + index] = (byte) (number >>> (8 * index));
        }
        return at + 4;
    }

    /** What the checksum of a text is multiplied by when so many bytes follow, as zlib's crc32_combine has it. */
    private static int shift(int bytes) {
        var product = 1 << 31;
        var power = 3;
        for (var rest = bytes; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                product = multiplied(POWERS[power & 31], product);
            }
            power++;
        }
        return product;
    }

    private static int multiplied(int one, int other) {
        var product = 0;
        var factor = other;
        for (var bit = 1 << 31; bit != 0; bit >>>= 1) {
            if ((one & bit) != 0) {
                product ^= factor;
            }
            factor = (factor & 1) != 0 ? (factor >>> 1) ^ POLYNOMIAL : factor >>> 1;
        }
        return product;
    }

    private static int[] powers() {
        var powers = new int[32];
        powers[0] = 1 << 30;
        for (var index = 1; index < powers.length; index++) {
            powers[index] = multiplied(powers[index - 1], powers[index - 1]);
        }
        return powers;
    }
}
