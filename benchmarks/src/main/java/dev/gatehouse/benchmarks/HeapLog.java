package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a heap held after each collection, as Java's {@code -Xlog:gc} writes it.
 *
 * @param after in MB, in order
 * @param most that was held before a collection, in MB
 * @param allocated in all until the last collection, in MB
 */
record HeapLog(List<Integer> after, int most, long allocated) {

    private static final Pattern COLLECTION = Pattern.compile("Pause .* (\\d+)M->(\\d+)M\\(\\d+M\\)");

    static HeapLog read(Path file) throws IOException {
        var after = new ArrayList<Integer>();
        var most = 0;
        var allocated = 0L;
        for (var line : Files.readAllLines(file)) {
            var found = COLLECTION.matcher(line);
            if (found.find()) {
                var before = Integer.parseInt(found.group(1));
                most = Math.max(most, before);
                allocated += before - (after.isEmpty() ? 0 : after.getLast());
                after.add(Integer.parseInt(found.group(2)));
            }
        }
        return new HeapLog(List.copyOf(after), most, allocated);
    }

    /** The most that was left by one of the collections from that one on; nothing when there was none. */
    int mostLeftSince(int collection) {
        return after.subList(Math.min(collection, after.size()), after.size()).stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
    }

    /**
     * The least that was left by one of the collections from that one on, which comes closest to what is in use; nothing when
     * there was none.
     */
    int leastLeftSince(int collection) {
        return after.subList(Math.min(collection, after.size()), after.size()).stream()
                .mapToInt(Integer::intValue)
                .min()
                .orElse(0);
    }
}
