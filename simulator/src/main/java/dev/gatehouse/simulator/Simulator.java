package dev.gatehouse.simulator;

import dev.gatehouse.simulator.directory.AdminSignIn;
import dev.gatehouse.simulator.directory.CustomerDirectories;
import dev.gatehouse.simulator.directory.CustomerDirectory;
import dev.gatehouse.simulator.directory.DirectoryEndpoints;
import dev.gatehouse.simulator.directory.Interruptions;
import dev.gatehouse.simulator.entra.Directory;
import dev.gatehouse.simulator.entra.EntraEndpoints;
import dev.gatehouse.simulator.entra.Resources;
import dev.gatehouse.simulator.entra.Tokens;
import dev.gatehouse.simulator.faults.Faults;
import dev.gatehouse.simulator.faults.FaultyEntra;
import dev.gatehouse.simulator.faults.FaultyGraph;
import dev.gatehouse.simulator.graph.BatchEndpoint;
import dev.gatehouse.simulator.graph.GraphBehaviour;
import dev.gatehouse.simulator.graph.GraphEndpoints;
import dev.gatehouse.simulator.http.CertificateAuthority;
import dev.gatehouse.simulator.http.Handler;
import dev.gatehouse.simulator.http.Server;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A running pretend cloud. Listens on loopback only; ends with {@link #close()}. */
public final class Simulator implements AutoCloseable {

    private final SimulatorSettings settings;
    private final SimulatorClock clock;
    private final CertificateAuthority certificateAuthority;
    private final Directory directory = new Directory();
    private final List<SimulatedTenant> tenants = new CopyOnWriteArrayList<>();
    private final Faults faults;
    private final Server entra;
    private final Server graph;
    private final Server plainEntra;
    private final Server plainGraph;
    private final GraphEndpoints graphEndpoints;
    private final CustomerDirectories customers;
    private final DirectoryEndpoints directoryEndpoints;

    private Simulator(SimulatorSettings settings) {
        this.settings = settings;
        this.clock = new SimulatorClock(settings.clock());
        this.faults = new Faults(settings.seed(), clock);
        // The machine's time on purpose: TLS clients check certificates by their own clock, not by ours.
        this.certificateAuthority =
                CertificateAuthority.create(InstantSource.system().instant());
        var tls = Optional.of(certificateAuthority.serverContext());
        this.entra = Server.bind(settings.ports().entra(), tls);
        this.graph = Server.bind(settings.ports().graph(), tls);
        this.plainEntra = Server.bind(settings.ports().plainEntra(), Optional.empty());
        this.plainGraph = Server.bind(settings.ports().plainGraph(), Optional.empty());

        var tokens = new Tokens();
        var resources = new Resources(List.of(graph.base(), plainGraph.base()));
        var entraEndpoints = new EntraEndpoints(directory, tokens, resources, clock);
        this.graphEndpoints = new GraphEndpoints(
                tokens, resources, id -> tenant(id).map(SimulatedTenant::defender), settings.graph(), clock);
        this.customers = new CustomerDirectories(clock);
        this.directoryEndpoints = new DirectoryEndpoints(directory, customers, tokens, clock);
        var people = new AdminSignIn(directory, customers, tokens, resources, clock);
        Handler signIns =
                request -> AdminSignIn.serves(request) ? people.answer(request) : entraEndpoints.answer(request);
        Handler allOfGraph = request -> DirectoryEndpoints.serves(request)
                ? directoryEndpoints.answer(request)
                : graphEndpoints.answer(request);
        var faultyEntra = new FaultyEntra(signIns, faults, directory);
        var alone = new FaultyGraph(allOfGraph, faults);
        var batches = new BatchEndpoint(alone, clock);
        Handler faultyGraph =
                request -> BatchEndpoint.serves(request) ? batches.answer(request) : alone.answer(request);
        settings.tenants().forEach(this::addTenant);
        entra.serve(faultyEntra, clock);
        plainEntra.serve(faultyEntra, clock);
        graph.serve(faultyGraph, clock);
        plainGraph.serve(new ControlEndpoints(this, faultyGraph), clock);
    }

    /**
     * Starts a cloud, which answers at once.
     *
     * @throws java.io.UncheckedIOException when a port is taken
     */
    public static Simulator start(SimulatorSettings settings) {
        return new Simulator(settings);
    }

    /** Lets another tenant join, in which happens what the settings say. */
    public SimulatedTenant addTenant(String name) {
        return addTenant(name, settings.defenders());
    }

    /** Lets another tenant join, in which happens what that source says. */
    public SimulatedTenant addTenant(String name, DefenderSource source) {
        var tenant = SimulatedTenant.create(name, settings.seed(), source, clock);
        if (directory.find(tenant.tenantId()).isPresent()) {
            throw new IllegalArgumentException("There is a tenant %s already; names must differ".formatted(tenant));
        }
        directory.add(tenant.directory());
        tenants.add(tenant);
        return tenant;
    }

    /** All tenants, in the order in which they joined. */
    public List<SimulatedTenant> tenants() {
        return List.copyOf(tenants);
    }

    Optional<SimulatedTenant> tenant(UUID id) {
        return tenants.stream().filter(tenant -> tenant.tenantId().equals(id)).findFirst();
    }

    /** The sign-in host over HTTPS, e.g. {@code https://localhost:9443}. */
    public URI authority() {
        return entra.base();
    }

    /** The Graph host over HTTPS. */
    public URI graph() {
        return graph.base();
    }

    /** The sign-in host over plain HTTP. */
    public URI plainAuthority() {
        return plainEntra.base();
    }

    /** The Graph host over plain HTTP; also the home of the control interface. */
    public URI plainGraph() {
        return plainGraph.base();
    }

    /** PEM text of the certificate authority that HTTPS clients have to trust. */
    public String caCertificate() {
        return certificateAuthority.certificatePem();
    }

    /** The certificate authority that HTTPS clients have to trust. */
    public X509Certificate ca() {
        return certificateAuthority.certificate();
    }

    /**
     * A tenant's directory, to be furnished and looked at.
     *
     * @throws IllegalArgumentException when there is no such tenant
     */
    public CustomerDirectory customerDirectory(UUID tenantId) {
        return customers.of(directory
                .find(tenantId)
                .orElseThrow(() -> new IllegalArgumentException("There is no tenant " + tenantId)));
    }

    /** Where connections to the directory are cut on purpose. */
    public Interruptions directoryInterruptions() {
        return directoryEndpoints.interruptions();
    }

    /** What goes wrong on purpose. */
    public Faults faults() {
        return faults;
    }

    /** Changes how Graph behaves where Microsoft's documents leave room. */
    public void behave(UnaryOperator<GraphBehaviour> change) {
        graphEndpoints.behave(change);
    }

    /** Changes that for one tenant only. */
    public void behave(UUID tenantId, UnaryOperator<GraphBehaviour> change) {
        graphEndpoints.behave(tenantId, change);
    }

    /** The cloud's time, to be moved forward. */
    public SimulatorClock clock() {
        return clock;
    }

    @Override
    public void close() {
        List.of(entra, graph, plainEntra, plainGraph).forEach(Server::close);
    }
}
