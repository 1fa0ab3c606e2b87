package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.signin.TokenThrottle;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.workbench.budget.Pause;
import dev.gatehouse.workbench.budget.Pauses;
import dev.gatehouse.workbench.budget.RequestKind;
import java.util.Optional;

/** The same for token requests: Entra refuses those of one tenant together. */
final class HeedingSignIns implements TokenThrottle {

    private final Pauses pauses;

    HeedingSignIns(Pauses pauses) {
        this.pauses = pauses;
    }

    @Override
    public Optional<Diagnosis> pause(Connection connection) {
        return pauses.of(connection.tenant(), RequestKind.SIGN_IN).map(Pause::diagnosis);
    }

    @Override
    public void answered(Connection connection) {
        pauses.answered(connection.tenant(), RequestKind.SIGN_IN);
    }

    @Override
    public void failed(Connection connection, Diagnosis diagnosis) {
        pauses.failed(connection.tenant(), RequestKind.SIGN_IN, diagnosis);
    }
}
