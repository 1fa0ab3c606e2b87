package dev.gatehouse.workbench.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DirectoryTest {

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final Catalogue CATALOGUE = new Catalogue(List.of(
            new Catalogue.Kind("Suspected DCSync attack", "2006", "high", "It reads secrets.", List.of("T1003.006")),
            new Catalogue.Kind("Honeytoken activity", "2014", "medium", "Nobody uses it.", List.of())));

    @Test
    void theSameSeedGivesTheSameVendorAlertsAndAnotherOneOthers() {
        assertThat(vendorAlerts(7)).isEqualTo(vendorAlerts(7)).isNotEqualTo(vendorAlerts(8));
    }

    @Test
    void vendorAlertsOfADirectoryShareItsAccounts() {
        assertThat(vendorAlerts(7).stream().map(original -> original.toString()).distinct())
                .hasSize(60);
        assertThat(directory(7).accounts()).hasSizeLessThan(60).doesNotHaveDuplicates();
    }

    @Test
    void aFewDirectoriesHaveMuchAndMostHaveLittle() {
        var sizes = Generator.sizes(100_000, 200, new Dice(1)).stream().sorted().toList();

        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(100_000);
        assertThat(sizes.getLast()).isBetween(4_500, 6_000);
        assertThat(sizes.get(100)).isBetween(250, 450);
        assertThat(sizes.getFirst()).isPositive();
    }

    private static Directory directory(long seed) {
        return Directory.of(new TenantId(new UUID(1, 2)), "alder1.example", 300, new Dice(seed));
    }

    private static List<String> vendorAlerts(long seed) {
        var directory = directory(seed);
        return IntStream.range(0, 60)
                .mapToObj(number -> MadeVendorAlert.next(CATALOGUE, directory, "ad" + number, "1", NOON)
                        .original())
                .map(original ->
                        StandardCharsets.UTF_8.decode(original.buffer()).toString())
                .toList();
    }
}
