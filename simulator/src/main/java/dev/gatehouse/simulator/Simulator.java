package dev.gatehouse.simulator;

import dev.gatehouse.simulator.entra.Directory;
import dev.gatehouse.simulator.entra.EntraEndpoints;
import dev.gatehouse.simulator.entra.Resources;
import dev.gatehouse.simulator.entra.Tokens;
import dev.gatehouse.simulator.http.CertificateAuthority;
import dev.gatehouse.simulator.http.Server;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A running pretend cloud. Listens on loopback only; ends with {@link #close()}. */
public final class Simulator implements AutoCloseable {

    private final CertificateAuthority certificateAuthority;
    private final SimulatorClock clock;
    private final Directory directory = new Directory();
    private final List<SimulatedTenant> tenants = new CopyOnWriteArrayList<>();
    private final SimulatorSettings settings;
    private final Server entra;
    private final Server plainEntra;

    private Simulator(SimulatorSettings settings) {
        this.settings = settings;
        this.clock = new SimulatorClock(settings.clock());
        // The machine's time on purpose: TLS clients check certificates by their own clock, not by ours.
        this.certificateAuthority =
                CertificateAuthority.create(InstantSource.system().instant());
        var tls = certificateAuthority.serverContext();
        this.entra = Server.bind(settings.ports().entra(), Optional.of(tls));
        this.plainEntra = Server.bind(settings.ports().plainEntra(), Optional.empty());
    }

    /**
     * Starts a cloud and waits until it answers.
     *
     * @throws java.io.UncheckedIOException when a port is taken
     */
    public static Simulator start(SimulatorSettings settings) {
        var simulator = new Simulator(settings);
        settings.tenants().forEach(simulator::addTenant);
        simulator.serve();
        return simulator;
    }

    private void serve() {
        var tokens = new Tokens();
        var resources = new Resources(List.of());
        var endpoints = new EntraEndpoints(directory, tokens, resources, clock);
        entra.serve(endpoints, clock);
        plainEntra.serve(endpoints, clock);
    }

    /** Lets another tenant join, in which happens what the settings say. */
    public SimulatedTenant addTenant(String name) {
        return addTenant(name, settings.defenders());
    }

    /** Lets another tenant join, in which happens what that source says. */
    public SimulatedTenant addTenant(String name, DefenderSource defenders) {
        // A large odd factor keeps the tenants of neighbouring seeds apart.
        var seed = settings.seed() * 1_000_003L + tenants.size();
        var tenant = SimulatedTenant.create(name, seed, defenders, clock);
        directory.add(tenant.directory());
        tenants.add(tenant);
        return tenant;
    }

    /** The sign-in host over HTTPS. */
    public URI authority() {
        return entra.base();
    }

    /** The sign-in host over plain HTTP. */
    public URI plainAuthority() {
        return plainEntra.base();
    }

    /** PEM text of the certificate authority that HTTPS clients have to trust. */
    public String caCertificate() {
        return certificateAuthority.certificatePem();
    }

    /** The certificate authority that HTTPS clients have to trust. */
    public X509Certificate ca() {
        return certificateAuthority.certificate();
    }

    /** All tenants, in the order in which they joined. */
    public List<SimulatedTenant> tenants() {
        return List.copyOf(tenants);
    }

    /** The cloud's time, to be moved forward. */
    public SimulatorClock clock() {
        return clock;
    }

    @Override
    public void close() {
        entra.close();
        plainEntra.close();
    }
}
