package dev.gatehouse.workbench.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.workbench.web.ScreenTest;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * A server that is stopped ends its sessions in the middle of their transactions. That is no mistake of Gatehouse's, and
 * its log holds no trace of each transaction.
 */
@ExtendWith(OutputCaptureExtension.class)
class BrokenTransactionsTest extends ScreenTest {

    private static final String THIS_SESSION = "select pg_backend_pid()";

    @Autowired
    private Fence fence;

    @Test
    void oneThatBreaksAtAStatementIsTheDatabasesAbsenceAndPrintsNoTrace(CapturedOutput output) {
        var failure = catchThrowable(() -> fence.run(() -> {
            endSessionOfThisTransaction();
            database.sql("select 1").query(Integer.class).single();
        }));

        assertIsAbsenceThatPrintsNoTrace(failure, output);
    }

    @Test
    void oneThatBreaksAtItsCommitIsTheDatabasesAbsenceAndPrintsNoTrace(CapturedOutput output) {
        var failure = catchThrowable(() -> fence.run(this::endSessionOfThisTransaction));

        assertIsAbsenceThatPrintsNoTrace(failure, output);
    }

    private void endSessionOfThisTransaction() {
        int session = database.sql(THIS_SESSION).query(Integer.class).single();
        // On another thread, which has a connection of its own.
        var isEnded = CompletableFuture.supplyAsync(() -> database.sql("select pg_terminate_backend(:session, 60000)")
                .param("session", session)
                .query(Boolean.class)
                .single());
        assertThat(isEnded.join()).as("the session has ended").isTrue();
    }

    private static void assertIsAbsenceThatPrintsNoTrace(Throwable failure, CapturedOutput output) {
        assertThat(Storage.isAway(failure)).as("%s", failure).isTrue();
        assertThat(output).doesNotContain("Exception");
    }
}
