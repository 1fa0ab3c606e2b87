package dev.gatehouse.workbench.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.platform.database.Storage.Complaint;
import dev.gatehouse.workbench.records.Taken;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StorageTest {

    private static final Taken NOTHING_NEW = new Taken(0, 0, 50, 0, 0);
    private static final Taken NEWS = new Taken(1, 0, 49, 0, 0);
    private final Exception diskFull = new RuntimeException(new SQLException("No space left", "53100"));
    private final Exception away = new RuntimeException(new SQLException("Connection refused", "08001"));

    private final WorkbenchParts parts = new WorkbenchParts().open();
    private final Storage storage = parts.get(Storage.class);

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    @Test
    void aPageWithNothingNewDoesNotShowThatAFullDiskHasRoomAgain() {
        storage.refusedPage(diskFull);

        storage.tookPage(NOTHING_NEW.isNews(), storage.beginning());

        assertThat(storage.complaint()).map(Complaint::cure).hasValueSatisfying(cure -> assertThat(cure)
                .contains("Make room"));
    }

    @Test
    void aFullDiskHasRoomAgainOnceSomethingNewIsStored() {
        storage.refusedPage(diskFull);

        storage.tookPage(NEWS.isNews(), storage.beginning());

        assertThat(storage.complaint()).isEmpty();
    }

    @Test
    void aFullDiskHasRoomAgainWhenNothingIsRefusedForAWhile() {
        storage.refusedPage(diskFull);
        parts.clock().advance(Duration.ofMinutes(6));

        storage.tookPage(NOTHING_NEW.isNews(), storage.beginning());

        assertThat(storage.complaint()).isEmpty();
    }

    @Test
    void aDatabaseThatWasAwayIsBackWithAnyPage() {
        storage.refusedPage(away);

        storage.tookPage(NOTHING_NEW.isNews(), storage.beginning());

        assertThat(storage.complaint()).isEmpty();
    }

    @Test
    void aPageThatWasBegunBeforeAnotherWasRefusedDoesNotShowThatTheDatabaseIsBack() {
        var begun = storage.beginning();
        parts.clock().advance(Duration.ofSeconds(1));
        storage.refusedPage(away);

        storage.tookPage(NEWS.isNews(), begun);
        assertThat(storage.complaint()).isPresent();

        storage.tookPage(NEWS.isNews(), storage.beginning());
        assertThat(storage.complaint()).isEmpty();
    }
}
