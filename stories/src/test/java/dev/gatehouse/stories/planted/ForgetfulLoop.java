package dev.gatehouse.stories.planted;

import dev.gatehouse.workbench.platform.database.Fence;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Pretends to be a loop of the Workbench that writes in every way that the rule has to notice, and in one that it allows. */
public final class ForgetfulLoop {

    private final JdbcClient database;
    private final Fence fence;
    private final Journal journal;

    /** By way of an interface, as setup's journals are kept. */
    public interface Journal {
        void save();
    }

    /** Writes with these. */
    public ForgetfulLoop(JdbcClient database, Fence fence) {
        this.database = database;
        this.fence = fence;
        this.journal = new Journal() {
            @Override
            public void save() {
                forgottenBehindAnInterface();
            }
        };
    }

    /** What the loop does in each round. */
    public void round() {
        writeFenced();
        writeInALambda();
        writeByReference();
        journal.save();
    }

    private void writeFenced() {
        fence.write(this::fenced);
        fence.write(() -> fenced() + fenced());
        Fence.besides(this::fenced);
    }

    private void writeInALambda() {
        List.of(1).forEach(number -> forgottenInALambda());
    }

    private void writeByReference() {
        Supplier<Integer> reference = this::forgottenByReference;
        use(reference.get());
    }

    private static void use(int changed) {
        assert changed >= 0;
    }

    private int fenced() {
        return database.sql("delete from feed").update();
    }

    private void forgottenInALambda() {
        database.sql("delete from feed").update();
    }

    private int forgottenByReference() {
        return database.sql("delete from feed").update();
    }

    private void forgottenBehindAnInterface() {
        database.sql("delete from feed").update();
    }
}
