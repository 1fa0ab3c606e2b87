package dev.gatehouse.setup.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.journal.Journal.Effect;
import dev.gatehouse.setup.journal.Journal.Entry;
import dev.gatehouse.setup.plan.Part;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class JournalFilesTest {

    private static final TenantId TENANT = TenantId.parse("4f6c8d54-2a1b-4c3d-8e9f-0a1b2c3d4e5f");
    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void givesBackWhatWasSaved() {
        var before = JsonMapper.shared().createObjectNode().put("displayName", "Somebody");
        var journal = Journal.empty(TENANT)
                .using("object-id")
                .done(new Entry(Part.GUEST, "a@soc.expel.io", "1", Effect.CHANGED, NINE, before))
                .intending(new Entry(
                        Part.SECRET,
                        "Expel API",
                        "",
                        Effect.STORED,
                        NINE,
                        JsonMapper.shared().createObjectNode()));

        new JournalFiles(folder.resolve("tenants")).save(journal);

        assertThat(new JournalFiles(folder.resolve("tenants")).load(TENANT)).isEqualTo(journal);
    }

    @Test
    void isReadableByItsOwnerOnly() throws Exception {
        new JournalFiles(folder.resolve("tenants")).save(Journal.empty(TENANT));

        var file = folder.resolve("tenants").resolve(TENANT + ".json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void aTenantWithoutAJournalHasAnEmptyOne() {
        assertThat(new JournalFiles(folder).load(TENANT).isEmpty()).isTrue();
    }

    @Test
    void aDamagedJournalStopsEverythingRatherThanStartAfresh() throws Exception {
        Files.writeString(folder.resolve(TENANT + ".json"), "{\"done\":[");

        assertThatThrownBy(() -> new JournalFiles(folder).load(TENANT))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("is damaged");
    }
}
