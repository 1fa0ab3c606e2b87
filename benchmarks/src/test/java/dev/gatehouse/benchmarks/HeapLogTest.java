package dev.gatehouse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HeapLogTest {

    @TempDir
    private Path directory;

    @Test
    void readsWhatEachCollectionLeft() throws IOException {
        var heap = read("""
                [0.012s][info][gc] Using G1
                [1.480s][info][gc] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 23M->6M(64M) 4.125ms
                [2.101s][info][gc] GC(1) Concurrent Mark Cycle
                [2.160s][info][gc] GC(1) Pause Remark 41M->38M(64M) 2.204ms
                [2.161s][info][gc] GC(1) Concurrent Mark Cycle 60.112ms
                [9.900s][info][gc] GC(2) Pause Young (Mixed) (G1 Evacuation Pause) 58M->12M(128M) 6.001ms
                """);

        assertThat(heap.after()).containsExactly(6, 38, 12);
        assertThat(heap.most()).isEqualTo(58);
        assertThat(heap.allocated()).isEqualTo(23 + (41 - 6) + (58 - 38));
        assertThat(heap.mostLeftSince(0)).isEqualTo(38);
        assertThat(heap.leastLeftSince(1)).isEqualTo(12);
    }

    @Test
    void hasNothingToSayBeforeTheFirstCollection() throws IOException {
        var heap = read("[0.012s][info][gc] Using G1\n");

        assertThat(heap.after()).isEmpty();
        assertThat(heap.mostLeftSince(3)).isZero();
        assertThat(heap.leastLeftSince(0)).isZero();
    }

    private HeapLog read(String text) throws IOException {
        return HeapLog.read(Files.writeString(directory.resolve("gc.log"), text));
    }
}
