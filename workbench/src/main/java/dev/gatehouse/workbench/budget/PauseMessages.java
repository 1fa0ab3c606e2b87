package dev.gatehouse.workbench.budget;

import dev.gatehouse.workbench.budget.Pauses.PausesChanged;
import dev.gatehouse.workbench.processes.ProcessMessages;
import dev.gatehouse.workbench.processes.ProcessMessages.Heard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Lets the processes on one database know at once of what Microsoft said to one of them. */
@Component
class PauseMessages {

    private static final Logger log = LoggerFactory.getLogger(PauseMessages.class);

    private static final String ABOUT = "pauses";

    private final Pauses pauses;
    private final ProcessMessages messages;

    PauseMessages(Pauses pauses, ProcessMessages messages) {
        this.pauses = pauses;
        this.messages = messages;
    }

    @EventListener
    void tell(PausesChanged here) {
        messages.tell(ABOUT, "changed");
    }

    @EventListener
    void hear(Heard elsewhere) {
        if (elsewhere.about().equals(ABOUT)) {
            try {
                pauses.look();
            } catch (DataAccessException | TransactionException e) {
                log.debug("What another process was told to wait for is read a little later", e);
            }
        }
    }
}
