package dev.gatehouse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CannedGraphTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void piecesThatArePackedApartAreOneGzipText() throws IOException {
        var texts = List.of("{\"value\":[", "a".repeat(70_000), "", ",", "é", "]}");

        var gzip = Packed.gzip(texts.stream()
                .map(text -> Packed.of(text.getBytes(StandardCharsets.UTF_8)))
                .toList());

        // Which checks the sum and the length.
        try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(String.join("", texts));
        }
    }

    @Test
    void alertsAreOfOneLengthAndNoneIsLikeAnother() {
        var texts = new HashSet<String>();
        for (var number = 0; number < 500; number++) {
            var text = CannedAlert.text(CannedTenant.id(number % 7), number, NOON);
            assertThat(text).hasSize(CannedAlert.BYTES);
            texts.add(new String(text, StandardCharsets.US_ASCII));
        }

        assertThat(texts).hasSize(500);
    }

    @Test
    void aPageIsThatOfItsWindow() {
        var tenant = new CannedTenant(CannedTenant.id(0));
        for (var second = 0; second < 10; second++) {
            tenant.add(NOON.plusSeconds(second));
        }

        var page = tenant.page(NOON.plusSeconds(2), NOON.plusSeconds(9), 3, 2);
        var last = tenant.page(NOON.plusSeconds(2), NOON.plusSeconds(9), 6, 2);
        var none = tenant.page(NOON.plusSeconds(2), NOON.plusSeconds(9), 8, 2);

        assertThat(page.count()).isEqualTo(7);
        assertThat(page.alerts()).hasSize(2);
        assertThat(last.alerts()).hasSize(1);
        assertThat(none.alerts()).isEmpty();
    }

    @Test
    void theTimeOfThisProcessGrowsWithWhatItDoes() throws IOException {
        var pid = ProcessHandle.current().pid();
        var before = ProcessTime.of(pid);
        var texts = new ArrayList<byte[]>();
        while (ProcessTime.of(pid).minus(before).compareTo(Duration.ofMillis(20)) < 0) {
            texts.add(CannedAlert.text(CannedTenant.id(1), texts.size(), NOON));
        }

        var own = ProcessTime.of(pid);
        assertThat(ProcessTime.withChildren(pid)).isGreaterThanOrEqualTo(own);
        assertThat(ProcessTime.peakMegabytes(pid)).isPositive();
    }

    @Test
    void figuresThatAreWrittenDownAreReadAgainAndReplaceThoseOfTheSameName(@TempDir Path directory) throws IOException {
        var file = directory.resolve("collect.csv");
        var speed = Measured.high("backlog, round 1", 596.5, "alerts");

        Measured.write(file, List.of(speed, Measured.low("idle", 7.5, "ms")));
        Measured.write(file, List.of(Measured.low("idle", 1, "ms")));

        assertThat(Measured.read(file).values()).containsExactly(speed, Measured.low("idle", 1, "ms"));
    }

    @Test
    void aFigureIsMuchWorseByAFifthInTheDirectionThatCounts() {
        assertThat(Measured.high("speed", 79, "").isMuchWorseThan(Measured.high("speed", 100, "")))
                .isTrue();
        assertThat(Measured.high("speed", 300, "").isMuchWorseThan(Measured.high("speed", 100, "")))
                .isFalse();
        assertThat(Measured.low("time", 121, "").isMuchWorseThan(Measured.low("time", 100, "")))
                .isTrue();
        assertThat(Measured.low("time", 20, "").isMuchWorseThan(Measured.low("time", 100, "")))
                .isFalse();
    }
}
