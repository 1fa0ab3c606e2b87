package dev.gatehouse.setup;

import dev.gatehouse.intake.http.CloudHttp;
import dev.gatehouse.intake.http.HttpSettings;
import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.poll.GraphPoller;
import dev.gatehouse.intake.probe.ConnectionTest;
import dev.gatehouse.intake.signin.EntraSignIn;
import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.credentials.ConnectionProof;
import dev.gatehouse.setup.credentials.Proof;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.GraphOverHttp;
import dev.gatehouse.setup.signin.AdminSignIn;
import dev.gatehouse.setup.signin.SignInMethod;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.Supplier;

/** One of Microsoft's clouds, with everything that a set-up asks it for over one pool of connections. */
public final class CloudAccess implements AutoCloseable {

    private final Cloud cloud;
    private final InstantSource clock;
    private final CloudHttp http;

    /** In a process that does nothing else: a quarter of the heap is there for its answers. */
    public CloudAccess(Cloud cloud, InstantSource clock) {
        this(cloud, PageMemory.ofHeap(), clock);
    }

    /**
     * In a process that asks for other things, too.
     *
     * @param memory what all answers of the process together may take
     */
    public CloudAccess(Cloud cloud, PageMemory memory, InstantSource clock) {
        this.cloud = cloud;
        this.clock = clock;
        this.http = new CloudHttp(HttpSettings.defaults(), memory, clock);
    }

    public Cloud cloud() {
        return cloud;
    }

    /** A way to sign an administrator in; nobody is asked yet. */
    public AdminSignIn signIn(TenantId tenant, ApplicationId clientId, SignInMethod way) {
        return new AdminSignIn(http, cloud, tenant, clientId, way);
    }

    /**
     * The directory of whichever tenant the token is for.
     *
     * @param token gives what goes behind {@code Bearer}; asked for each request
     */
    public Directory directory(Supplier<String> token) {
        return new Directory(new GraphOverHttp(http, cloud, token));
    }

    /** Tries connections as the application itself. */
    public Proof proof() {
        var signIn = new EntraSignIn(http, MonotonicClock.SYSTEM, new Random());
        return new ConnectionProof(
                new ConnectionTest(signIn, new GraphPoller(http, signIn, clock), http.memory(), clock));
    }

    @Override
    public void close() {
        http.close();
    }
}
