package dev.gatehouse.intake;

import dev.gatehouse.intake.http.CloudHttp;
import dev.gatehouse.intake.http.HttpSettings;
import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.hunt.GraphHunter;
import dev.gatehouse.intake.hunt.Hunter;
import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.intake.parse.Selection;
import dev.gatehouse.intake.poll.GraphPoller;
import dev.gatehouse.intake.poll.Poller;
import dev.gatehouse.intake.probe.ConnectionTest;
import dev.gatehouse.intake.signin.EntraSignIn;
import dev.gatehouse.intake.signin.SignIn;
import dev.gatehouse.model.MonotonicClock;
import java.time.InstantSource;
import java.util.Random;

/**
 * The whole room, put together. One is enough for all tenants: it holds the connections and the tokens. Safe for use by
 * many threads.
 */
public final class Intake implements AutoCloseable {

    private final CloudHttp http;
    private final SignIn signIn;
    private final Poller poller;
    private final Hunter hunter;
    private final ConnectionTest connectionTest;
    private final Parser parser = new Parser();
    private final Selection selection = Selection.ofDefenderForIdentity();

    /** Shares a quarter of the heap among all answers. */
    public Intake(HttpSettings settings, InstantSource clock) {
        this(settings, PageMemory.ofHeap(), clock);
    }

    /**
     * Puts it together.
     *
     * @param memory what all answers together may take
     */
    public Intake(HttpSettings settings, PageMemory memory, InstantSource clock) {
        http = new CloudHttp(settings, memory, clock);
        signIn = new EntraSignIn(http, MonotonicClock.SYSTEM, new Random());
        poller = new GraphPoller(http, signIn, clock);
        hunter = new GraphHunter(http, signIn);
        connectionTest = new ConnectionTest(signIn, poller, memory, clock);
    }

    public SignIn signIn() {
        return signIn;
    }

    public Poller poller() {
        return poller;
    }

    public Hunter hunter() {
        return hunter;
    }

    public Parser parser() {
        return parser;
    }

    public Selection selection() {
        return selection;
    }

    public ConnectionTest connectionTest() {
        return connectionTest;
    }

    /** Closes the connections; requests that are under way break off. */
    @Override
    public void close() {
        http.close();
    }
}
