package dev.gatehouse.stories.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.tenant.TenantCommands;
import dev.gatehouse.cli.tenant.TenantFailure;
import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.ClientCertificate;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Connection;
import dev.gatehouse.setup.credentials.Proof;
import dev.gatehouse.simulator.directory.DirectoryRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands, typed as an administrator would, from the plan to the removal. */
class TenantCommandsTest {

    @TempDir
    private Path folder;

    private final SetupStage stage = new SetupStage();
    private FakeTenantContext context;
    private Exception failure = new IllegalStateException("No command has failed yet");

    TenantCommandsTest() {
        context = new FakeTenantContext(Path.of("unused"), stage.proof());
    }

    @BeforeEach
    void sitDown() {
        context = new FakeTenantContext(folder.resolve("journals"), stage.proof()).answering("yes");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void fromThePlanToTheRemovalWithoutAnybodySeeingTheSecret() throws Exception {
        administrator(DirectoryRole.GLOBAL_ADMINISTRATOR);
        var before = stage.picture();

        assertThat(run("plan")).isEqualTo(10);
        assertThat(context.printed())
                .contains("+ Guest user")
                .contains("a123bc45-aa12-123b@soc.expel.io")
                .contains("8 to create, 0 to change, 0 to keep.");
        assertThat(context.noted()).contains("enter the code");

        assertThat(run("apply")).isZero();
        assertThat(context.printed())
                .contains("The tenant is as the guide wants it.")
                .doesNotContain(context.devices().getFirst().credential().reveal());
        assertThat(stage.apps()).hasSize(1);

        assertThat(run("plan", "--json")).isZero();
        assertThat(json(context.printed()).path("in_order").asBoolean()).isTrue();
        assertThat(run("verify")).isZero();
        assertThat(context.printed()).contains("works    Sign in to the directory", "All is well.");

        var old = context.devices().getFirst().credential();
        assertThat(run("rotate", "--json")).isZero();
        assertThat(json(context.printed()).path("removed")).hasSize(1);
        assertThat(context.devices().getFirst().credential()).isNotEqualTo(old);
        assertThat(run("verify")).isZero();

        assertThat(run("remove", "--dry-run")).isZero();
        assertThat(stage.apps()).hasSize(1);
        assertThat(run("remove")).isZero();
        assertThat(stage.picture()).isEqualTo(before);
        assertThat(everyJournal()).doesNotContain(old.reveal());
    }

    @Test
    void aCertificateInPlaceOfASecretFromThePlanToTheRemoval() throws Exception {
        administrator(DirectoryRole.GLOBAL_ADMINISTRATOR);
        var before = stage.picture();

        assertThat(run("plan", "--certificate")).isEqualTo(10);
        assertThat(context.printed()).contains("The private key goes to the device and nowhere else.");
        assertThat(run("apply", "--certificate")).isZero();
        assertThat(stage.app().path("passwordCredentials")).isEmpty();
        assertThat(stage.app().at("/keyCredentials/0/displayName").asString()).isEqualTo("Expel API");
        var made = context.devices().getFirst().credential();
        assertThat(made).isInstanceOfSatisfying(ClientCertificate.class, certificate -> assertThat(
                        Duration.between(stage.simulator.clock().instant(), certificate.expires()))
                .isBetween(Duration.ofDays(729), Duration.ofDays(731)));

        assertThat(run("plan", "--certificate")).isZero();
        assertThat(run("verify")).isZero();
        assertThat(context.printed()).contains("works    Sign in to the directory", "All is well.");

        var first = stage.app().at("/keyCredentials/0/keyId").asString();
        assertThat(run("rotate", "--json")).isZero();
        assertThat(json(context.printed()).at("/removed/0").asString()).isEqualTo(first);
        assertThat(stage.app().path("keyCredentials")).hasSize(1);
        assertThat(context.devices().getFirst().credential())
                .isInstanceOf(ClientCertificate.class)
                .isNotEqualTo(made);
        assertThat(run("verify")).isZero();

        var known = stage.customer
                .tenant()
                .application(stage.app().path("appId").asString())
                .orElseThrow();
        var inUse = known.certificates();
        known.replaceCertificates(List.of());
        assertThat(run("verify", "--certificate")).isEqualTo(1);
        assertThat(context.printed())
                .contains("drifted  Client secret or certificate", "Entra does not know the certificate");
        known.replaceCertificates(inUse);

        assertThat(run("remove")).isZero();
        assertThat(stage.picture()).isEqualTo(before);
        assertThat(everyJournal() + context.printed() + context.noted()).doesNotContain("PRIVATE KEY");
    }

    @Test
    void whereSecretsAreForbiddenItSaysThatACertificateHelps() throws Exception {
        administrator(DirectoryRole.GLOBAL_ADMINISTRATOR);
        stage.customer.forbidSecrets();

        assertThat(run("apply")).isEqualTo(1);
        assertThat(context.printed())
                .contains("This tenant's policy forbids client secrets: choose a certificate in their place.");

        assertThat(run("apply", "--certificate")).isZero();
        assertThat(run("verify")).isZero();
    }

    @Test
    void aDeviceGoesOverFromItsSecretToACertificate() throws Exception {
        administrator(DirectoryRole.GLOBAL_ADMINISTRATOR);
        assertThat(run("apply")).isZero();

        assertThat(run("apply", "--certificate")).isZero();

        assertThat(context.devices()).singleElement().satisfies(device -> assertThat(device.credential())
                .isInstanceOf(ClientCertificate.class));
        assertThat(run("verify", "--certificate")).isZero();
        assertThat(run("rotate")).isZero();
        assertThat(stage.app().path("passwordCredentials")).isEmpty();
        assertThat(stage.app().path("keyCredentials")).hasSize(1);
    }

    @Test
    void aDeviceOfAnotherApplicationIsNamedAndGoesOverWhenTheNewOneReads() throws Exception {
        var first = stage.simulator.tenants().getFirst();
        var theirs = new Connection(
                stage.tenant,
                new ApplicationId(first.applicationId()),
                new ClientSecret(first.clientSecret()),
                stage.cloud);
        context.devices().add(theirs);
        administrator(DirectoryRole.APPLICATION_DEVELOPER);

        assertThat(run("apply")).isEqualTo(1);

        assertThat(context.printed())
                .contains(
                        "The security device 'Contoso' signs in with application %s until now."
                                .formatted(first.applicationId()),
                        "The security device stays with application %s until then.".formatted(first.applicationId()));
        assertThat(context.devices()).containsExactly(theirs);
        assertThat(stage.app().path("passwordCredentials")).isEmpty();

        stage.customer.addUser("grace@contoso.example", "Grace", DirectoryRole.GLOBAL_ADMINISTRATOR);
        stage.customer.signInsAreApprovedBy(Optional.of("grace@contoso.example"));
        assertThat(run("apply")).isZero();
        assertThat(context.devices()).singleElement().satisfies(device -> assertThat(
                        device.application().toString())
                .isEqualTo(stage.app().path("appId").asString()));
        assertThat(stage.proof().prove(context.devices().getFirst())).allMatch(Proof.Check::passed);
        assertThat(run("remove", "--dry-run")).isZero();
        assertThat(context.printed())
                .contains("A security device that signs in with this application stops collecting.");
    }

    @Test
    void aDirectoryThatDoesNotExistIsNamed() throws Exception {
        assertThat(run("plan", "--directory-id", "00000000-0000-4000-8000-000000000000"))
                .isNotZero();
        assertThat(failure)
                .hasMessageContaining("knows no directory 00000000-0000-4000-8000-000000000000")
                .hasMessageContaining("Enter the customer's Directory (tenant) ID");
    }

    @Test
    void anAnswerOtherThanYesDoesNothing() throws Exception {
        administrator(DirectoryRole.GLOBAL_ADMINISTRATOR);
        var before = stage.picture();
        context.answering("y");

        assertThat(run("apply")).isNotZero();

        assertThat(stage.picture()).isEqualTo(before);
    }

    @Test
    void whereNobodyCanBeAskedItSaysHowToGoOn() throws Exception {
        administrator(DirectoryRole.GLOBAL_ADMINISTRATOR);
        context.answering("");

        assertThat(run("apply")).isNotZero();

        assertThat(failure)
                .hasMessage("Nothing was done: there is no terminal to ask at. --yes does it without asking.");
    }

    @Test
    void aCloudThatDoesNotAnswerIsNotReachableRatherThanForbidden() throws Exception {
        assertThat(run("plan", "--authority", "https://localhost:1")).isNotZero();

        assertThat(failure).isInstanceOfSatisfying(TenantFailure.class, unreachable -> assertThat(unreachable.kind())
                .isEqualTo(TenantFailure.Kind.NOT_REACHABLE));
        assertThat(failure)
                .hasMessageContaining("localhost does not take connections.")
                .hasMessageContaining("--authority")
                .hasMessageNotContaining("Exception");
    }

    @Test
    void whatIsMistypedIsNamedWithItsOption() throws Exception {
        run("plan", "--client-id", "me");
        assertThat(failure).hasMessageContaining("--client-id must be a GUID");
        run("plan", "--graph", "not an address");
        assertThat(failure).hasMessageContaining("--graph must be an address");
        run(
                "plan",
                "--ca-certificate",
                Files.writeString(folder.resolve("empty.pem"), "nothing").toString());
        assertThat(failure).hasMessageContaining("--ca-certificate").hasMessageContaining("holds no certificate");
    }

    @Test
    void whatSomebodyWantsRemovedTooHasToBeThere() throws Exception {
        administrator(DirectoryRole.GLOBAL_ADMINISTRATOR);
        run("apply");
        var secret = context.devices().getFirst().credential();

        assertThat(run("rotate", "--also-remove", "nope")).isOne();

        assertThat(context.noted()).contains("has no secret or certificate with the id nope");
        assertThat(context.devices().getFirst().credential()).isEqualTo(secret);
    }

    @Test
    void aRemovalSaysWhatWasRemoved() throws Exception {
        administrator(DirectoryRole.GLOBAL_ADMINISTRATOR);
        run("apply");
        context.printed();

        assertThat(run("remove")).isZero();

        assertThat(context.printed())
                .contains("removed Expel Defender for Identity")
                .contains("removed a123bc45-aa12-123b@soc.expel.io")
                .doesNotContain("changed");
    }

    @Test
    void theConsentPageTakesNoMoreThanTheDirectoryAndTheApplication() {
        var exitCode = TenantCommands.commandLine(context)
                .execute(
                        "consent-link",
                        "--directory-id",
                        stage.tenant.toString(),
                        "--application-id",
                        "2c5f39cb-3fb2-42e3-994f-1127e4ddb538");

        assertThat(exitCode).isZero();
        assertThat(context.printed())
                .contains(
                        "https://login.microsoftonline.com/%s/adminconsent?client_id=2c5f39cb-3fb2-42e3-994f-1127e4ddb538"
                                .formatted(stage.tenant));
    }

    @Test
    void verifyNamesTheDriftAndFails() throws Exception {
        administrator(DirectoryRole.GLOBAL_ADMINISTRATOR);
        run("apply");
        stage.guest().put("displayName", "Somebody");
        stage.customer
                .tenant()
                .application(stage.app().path("appId").asString())
                .orElseThrow()
                .revoke("ThreatHunting.Read.All");
        context.printed();

        assertThat(run("verify")).isOne();

        assertThat(context.printed())
                .contains("drifted  Guest user, a123bc45-aa12-123b@soc.expel.io: displayName: Somebody → Expel SOC")
                .contains(
                        "drifted  Admin consent, application permissions, Microsoft Graph: appRoleAssignments: (none) → ThreatHunting.Read.All")
                .contains("fails    Permission ThreatHunting.Read.All");
    }

    @Test
    void whoMayDoOnlyAPartGetsALinkAndAScriptForTheRest() throws Exception {
        administrator(DirectoryRole.USER_ADMINISTRATOR, DirectoryRole.APPLICATION_ADMINISTRATOR);

        assertThat(run("plan")).isEqualTo(11);
        assertThat(context.printed())
                .contains("Needs another role: Global Administrator or Privileged Role Administrator");
        assertThat(run("apply")).isOne();

        assertThat(context.printed())
                .contains("The rest is for a colleague with: Privileged Role Administrator, Security Administrator")
                .contains("gatehouse tenant script --bash --directory-id " + stage.tenant)
                .contains("--authority %s --graph %s".formatted(stage.cloud.authority(), stage.cloud.graph()))
                .contains("--parts role,partner,consent")
                .contains("/adminconsent?client_id=" + stage.app().path("appId").asString());
    }

    @Test
    void printingTheSecretIsAChoice() throws Exception {
        administrator(DirectoryRole.GLOBAL_ADMINISTRATOR);

        assertThat(run("apply", "--print-secret")).isZero();

        var secret = stage.customer
                .tenant()
                .application(stage.app().path("appId").asString())
                .orElseThrow()
                .secrets()
                .getFirst()
                .value();
        assertThat(context.printed()).contains("Client secret Value:     " + secret);
        assertThat(context.devices()).isEmpty();
    }

    @Test
    void onePersonIsAskedOnceAlthoughWritingTakesMorePermissionsThanReading() throws Exception {
        administrator(DirectoryRole.GLOBAL_ADMINISTRATOR);

        assertThat(run("apply")).isZero();

        assertThat(context.noted()).containsOnlyOnce("enter the code");
    }

    @Test
    void theBrowserComesBackToLoopback() throws Exception {
        administrator(DirectoryRole.GLOBAL_ADMINISTRATOR);
        var browser = new LoopbackBrowser(stage);

        assertThat(browser.signIn()).isEqualTo(SetupStage.ADMIN);
    }

    private void administrator(DirectoryRole... roles) throws Exception {
        stage.signedInAs(roles);
        stage.customer.signInsAreApprovedBy(Optional.of(SetupStage.ADMIN));
    }

    private int run(String command, String... more) throws Exception {
        var certificate = Files.writeString(folder.resolve("ca.pem"), stage.simulator.caCertificate());
        var arguments = new ArrayList<>(List.of(
                command,
                "--directory-id",
                stage.tenant.toString(),
                "--organization",
                "a123bc45-aa12-123b",
                "--authority",
                stage.cloud.authority().toString(),
                "--graph",
                stage.cloud.graph().toString(),
                "--ca-certificate",
                certificate.toString()));
        arguments.addAll(List.of(more));
        // The last of an option that stands twice is the one that counts.
        return TenantCommands.commandLine(context)
                .setOverwrittenOptionsAllowed(true)
                .setExecutionExceptionHandler((exception, _, _) -> {
                    failure = exception;
                    return 99;
                })
                .execute(arguments.toArray(String[]::new));
    }

    private String everyJournal() throws Exception {
        var all = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
