package dev.gatehouse.stories.setup;

import dev.gatehouse.intake.http.CloudHttp;
import dev.gatehouse.intake.http.HttpSettings;
import dev.gatehouse.intake.poll.GraphPoller;
import dev.gatehouse.intake.probe.ConnectionTest;
import dev.gatehouse.intake.signin.EntraSignIn;
import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.ClientCertificate;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Credential;
import dev.gatehouse.model.MonotonicClock;
import dev.gatehouse.model.OrganizationGuid;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.Apply;
import dev.gatehouse.setup.Planner;
import dev.gatehouse.setup.Remove;
import dev.gatehouse.setup.Rotate;
import dev.gatehouse.setup.TenantReader;
import dev.gatehouse.setup.credentials.ConnectionProof;
import dev.gatehouse.setup.credentials.SecretKeeper;
import dev.gatehouse.setup.directory.Directory;
import dev.gatehouse.setup.directory.GraphOverHttp;
import dev.gatehouse.setup.journal.Journal;
import dev.gatehouse.setup.journal.Journals;
import dev.gatehouse.setup.plan.Applied;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Plan;
import dev.gatehouse.setup.plan.Progress;
import dev.gatehouse.setup.profile.ProviderProfile;
import dev.gatehouse.setup.retry.RetryPolicy;
import dev.gatehouse.setup.signin.AdminSignIn;
import dev.gatehouse.setup.signin.AdminSignInFailed;
import dev.gatehouse.setup.signin.SignInMethod;
import dev.gatehouse.simulator.Simulator;
import dev.gatehouse.simulator.SimulatorSettings;
import dev.gatehouse.simulator.directory.CustomerDirectory;
import dev.gatehouse.simulator.directory.DirectoryRole;
import dev.gatehouse.simulator.entra.ApplicationSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One customer's tenant in the pretend cloud, an administrator who signs in, and everything that a set-up needs. */
final class SetupStage implements AutoCloseable {

    static final String ADMIN = "ada@contoso.example";
    static final String GUEST = "a123bc45-aa12-123b@soc.expel.io";
    static final String EXPEL = "1cde81fd-b430-4035-b24d-709921922876";
    static final String GRAPH = "00000003-0000-0000-c000-000000000000";

    /** Every permission that any step asks for. Single stories that care about scopes ask for fewer. */
    private static final Set<String> ALL_SCOPES = Set.of(
            "User.Read",
            "Directory.Read.All",
            "Policy.Read.All",
            "User.Invite.All",
            "User.ReadWrite.All",
            "RoleManagement.ReadWrite.Directory",
            "Policy.ReadWrite.CrossTenantAccess",
            "Application.ReadWrite.All",
            "AppRoleAssignment.ReadWrite.All",
            "DelegatedPermissionGrant.ReadWrite.All");

    final Simulator simulator;
    final Cloud cloud;
    final CloudHttp http;
    final CustomerDirectory customer;
    final TenantId tenant;
    final InMemoryJournals journals = new InMemoryJournals();
    final Device device = new Device();
    final RetryPolicy retryPolicy;
    private final SignsInWith signsInWith;
    private String token = "";

    /** What the guide offers, and what Microsoft would rather see. */
    enum SignsInWith {
        SECRET("passwordCredentials"),
        CERTIFICATE("keyCredentials");

        private final String property;

        SignsInWith(String property) {
            this.property = property;
        }
    }

    SetupStage() {
        this(SignsInWith.SECRET);
    }

    SetupStage(SignsInWith signsInWith) {
        this(signsInWith, Simulator.start(SimulatorSettings.defaults()));
    }

    private SetupStage(SignsInWith signsInWith, Simulator simulator) {
        this.signsInWith = signsInWith;
        this.simulator = simulator;
        this.cloud =
                new Cloud("pretend", simulator.authority(), simulator.graph(), Optional.of(simulator.caCertificate()));
        this.http = new CloudHttp(HttpSettings.defaults(), simulator.clock());
        var first = simulator.tenants().getFirst();
        this.customer = simulator.customerDirectory(first.tenantId());
        this.tenant = new TenantId(first.tenantId());
        this.retryPolicy =
                new RetryPolicy(simulator.clock(), pause -> simulator.clock().advance(pause), Duration.ofMinutes(2));
    }

    /** An administrator with these roles, signed in by device code. */
    SetupStage signedInAs(DirectoryRole... roles) throws Exception {
        return signedInAs(ADMIN, roles);
    }

    /** Somebody else. */
    SetupStage signedInAs(String name, DirectoryRole... roles) throws Exception {
        customer.addUser(name, name, roles);
        return signedIn(name);
    }

    SetupStage signedInAgain() throws InterruptedException, AdminSignInFailed {
        return signedIn(ADMIN);
    }

    private SetupStage signedIn(String name) throws InterruptedException, AdminSignInFailed {
        customer.signInsAreApprovedBy(Optional.of(name));
        var signIn = new AdminSignIn(
                http, cloud, tenant, AdminSignIn.GRAPH_COMMAND_LINE_TOOLS, new SignInMethod.DeviceCode(code -> {}));
        token = signIn.token(ALL_SCOPES).value();
        return this;
    }

    Directory directory() {
        return new Directory(new GraphOverHttp(http, cloud, this::token));
    }

    String token() {
        return token;
    }

    Desired desired() {
        return desired(profile());
    }

    private Desired desired(ProviderProfile profile) {
        return new Desired(tenant, new OrganizationGuid("a123bc45-aa12-123b"), profile, Optional.empty(), false);
    }

    private ProviderProfile profile() {
        var expel = ProviderProfile.expel();
        return signsInWith == SignsInWith.CERTIFICATE ? expel.usingCertificate() : expel;
    }

    /** What a run with a device to fill wants: a secret for it, unless it has one. */
    Desired desiredWithDevice() {
        return desired().wantingSecret(!device.holdsOne());
    }

    Plan plan() throws InterruptedException {
        return plan(desiredWithDevice());
    }

    Plan plan(Desired desired) throws InterruptedException {
        var reader = new TenantReader(directory(), simulator.clock());
        return Planner.plan(desired, reader.read(desired, journals.load(tenant)), reader.admin());
    }

    Applied apply() throws InterruptedException {
        return apply(desiredWithDevice());
    }

    Applied apply(Desired desired) throws InterruptedException {
        return applying(desired, directory()).run(plan(desired));
    }

    /** The same with another way to Graph. */
    Applied apply(Directory directory) throws InterruptedException {
        var desired = desiredWithDevice();
        var reader = new TenantReader(directory, simulator.clock());
        var plan = Planner.plan(desired, reader.read(desired, journals.load(tenant)), reader.admin());
        return applying(desired, directory).run(plan);
    }

    private Apply applying(Desired desired, Directory directory) {
        return new Apply(
                directory, cloud, desired, journals, Optional.of(device), proof(), retryPolicy, Progress.SILENT);
    }

    Remove removing() {
        return new Remove(directory(), desired(), journals, Progress.SILENT);
    }

    Rotate rotating() {
        return rotating(retryPolicy);
    }

    Rotate rotating(RetryPolicy ofThis) {
        return new Rotate(directory(), cloud, desired(), journals, device, proof(), ofThis);
    }

    /** A rotation of whatever the device uses, as the Workbench does it. */
    Rotate rotatingWhatIsInUse() {
        return rotatingWhatIsInUse(directory());
    }

    Rotate rotatingWhatIsInUse(Directory as) {
        return Rotate.of(
                as, device.connection(), ProviderProfile.expel().application(), journals, device, proof(), retryPolicy);
    }

    /** What the guide asks for, and the right of the application to replace its own secret. */
    Desired desiredWithRotation() {
        return desired(profile().allowingRotation());
    }

    void allowRotation() throws InterruptedException {
        if (!apply(desiredWithRotation()).isComplete()) {
            throw new AssertionError("The right to rotate could not be given");
        }
    }

    /** RetryPolicy that does something at every pause. */
    RetryPolicy polling(Runnable atEveryPause) {
        return new RetryPolicy(
                simulator.clock(),
                pause -> {
                    simulator.clock().advance(pause);
                    atEveryPause.run();
                },
                Duration.ofMinutes(2));
    }

    /**
     * Something to sign in with that somebody added in the portal.
     *
     * @param keyId Microsoft's id of it
     * @param credential the thing itself
     */
    record ByHand(String keyId, Credential credential) {}

    ByHand addByHand() {
        var end = simulator.clock().instant().plus(Duration.ofDays(180));
        var application =
                customer.tenant().application(app().path("appId").asString()).orElseThrow();
        return switch (signsInWith) {
            case SECRET -> {
                var secret = new ApplicationSecret(UUID.randomUUID(), "hnd8Q~long-enough-to-be-a-secret", end);
                application.add(secret);
                yield new ByHand(secret.keyId().toString(), new ClientSecret(secret.value()));
            }
            case CERTIFICATE -> {
                var made = simulator.tenants().getFirst().newCertificate();
                application.add(made.certificate());
                yield new ByHand(keys().getLast(), new ClientCertificate(made.certificate(), made.privateKey()));
            }
        };
    }

    /** The ids of what the application can sign in with, of the kind of this stage. */
    List<String> keys() {
        return app().path(signsInWith.property)
                .valueStream()
                .map(key -> key.path("keyId").asString())
                .toList();
    }

    ConnectionProof proof() {
        var signIn = new EntraSignIn(http, MonotonicClock.SYSTEM, new Random(1));
        return new ConnectionProof(new ConnectionTest(
                signIn, new GraphPoller(http, signIn, simulator.clock()), http.memory(), simulator.clock()));
    }

    // ---- What is there now -------------------------------------------------------------------------------------

    List<ObjectNode> apps() {
        return customer.applications().stream()
                .filter(app -> app.path("displayName").asString().equals("Expel Defender for Identity"))
                .toList();
    }

    ObjectNode app() {
        return apps().getFirst();
    }

    Set<String> consented() {
        var id = app().path("appId").asString();
        return new TreeSet<>(customer.tenant().application(id).orElseThrow().roles());
    }

    ObjectNode guest() {
        return customer.users().stream()
                .filter(user -> user.path("mail").asString("").equals(GUEST))
                .findFirst()
                .orElseThrow();
    }

    /** Everything that a set-up makes, counted and spelt out, to compare two tenants. Ids and times are left out. */
    Map<String, Object> picture() {
        var picture = new HashMap<String, Object>();
        picture.put(
                "guests",
                customer.users().stream()
                        .filter(user -> user.path("userType").asString("").equals("Guest"))
                        .map(user -> user.path("mail").asString() + " "
                                + user.path("displayName").asString())
                        .toList());
        picture.put(
                "roles",
                customer.roleAssignments().stream()
                        .filter(role -> customer.users().stream()
                                .anyMatch(user -> user.path("mail").asString("").equals(GUEST)
                                        && user.path("id")
                                                .asString()
                                                .equals(role.path("principalId").asString())))
                        .map(role -> role.path("roleDefinitionId").asString())
                        .toList());
        picture.put("partners", List.copyOf(customer.partners()));
        picture.put(
                "apps",
                apps().stream()
                        .map(app -> app.path("signInAudience").asString()
                                + app.path("requiredResourceAccess")
                                + app.path("passwordCredentials").size()
                                + "+"
                                + app.path("keyCredentials").size())
                        .toList());
        picture.put("consent", apps().isEmpty() ? Set.of() : consented());
        picture.put(
                "delegated",
                customer.delegatedGrants().stream()
                        .map(grant -> grant.path("scope").asString())
                        .toList());
        return picture;
    }

    @Override
    public void close() {
        http.close();
        simulator.close();
    }

    /** Journals that survive as long as the test. */
    static final class InMemoryJournals implements Journals {
        private final Map<TenantId, Journal> journals = new HashMap<>();

        @Override
        public Journal load(TenantId tenant) {
            return journals.getOrDefault(tenant, Journal.empty(tenant));
        }

        @Override
        public void save(Journal journal) {
            journals.put(journal.tenant(), journal);
        }

        void forget() {
            journals.clear();
        }
    }

    /** A security device that takes secrets and certificates. */
    static final class Device implements SecretKeeper {
        private @Nullable Connection connection;
        private final List<String> keyIds = new ArrayList<>();
        private String refusal = "";
        private boolean isDying;

        @Override
        public void keep(Connection fresh, String keyId, Instant end) throws NotKept, InterruptedException {
            if (!refusal.isEmpty()) {
                throw new NotKept(refusal);
            }
            connection = fresh;
            keyIds.add(keyId);
            if (isDying) {
                isDying = false;
                throw new InterruptedException();
            }
        }

        /** The next secret is kept, and the run ends before it can note that. */
        void dieAfterKeeping() {
            isDying = true;
        }

        void forget() {
            connection = null;
        }

        void refuseBecause(String reason) {
            refusal = reason;
        }

        boolean holdsOne() {
            return connection != null;
        }

        Connection connection() {
            if (connection == null) {
                throw new AssertionError("The device holds no secret");
            }
            return connection;
        }

        String keyId() {
            return keyIds.getLast();
        }

        ApplicationId application() {
            return connection().application();
        }
    }
}
