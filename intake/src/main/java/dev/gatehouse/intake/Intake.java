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
import dev.gatehouse.intake.signin.TokenThrottle;
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
    private final PageMemory memory;
    private final InstantSource clock;
    private final Parser parser = new Parser();
    private final Selection selection = Selection.ofDefenderForIdentity();

    /** Shares a quarter of the heap among all answers, and remembers nothing of what Entra says about being asked. */
    public Intake(HttpSettings settings, InstantSource clock) {
        this(settings, PageMemory.ofHeap(), clock, TokenThrottle.NONE);
    }

    /**
     * Puts it together.
     *
     * @param memory what all answers together may take
     * @param throttle says when Entra wants to be left alone
     */
    public Intake(HttpSettings settings, PageMemory memory, InstantSource clock, TokenThrottle throttle) {
        this.memory = memory;
        this.clock = clock;
        http = new CloudHttp(settings, memory, clock);
        signIn = new EntraSignIn(http, MonotonicClock.SYSTEM, new Random(), throttle);
        poller = new GraphPoller(http, signIn, clock);
        hunter = new GraphHunter(http, signIn);
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

    /** A test of connections that reads by way of this poller. */
    public ConnectionTest connectionTest(Poller reader) {
        return new ConnectionTest(signIn, reader, memory, clock);
    }

    /** Closes the connections; requests that are under way break off. */
    @Override
    public void close() {
        http.close();
    }
}
