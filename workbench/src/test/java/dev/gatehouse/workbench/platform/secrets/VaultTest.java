package dev.gatehouse.workbench.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {

    private static final ClientSecret SECRET = new ClientSecret("Kx~8Q-not-a-real-secret-äß");
    private static final UUID CONTOSO = UUID.randomUUID();

    private final Path keyFile;
    private final Vault vault;

    VaultTest(@TempDir Path folder) {
        keyFile = folder.resolve("secret.key");
        vault = new Vault(keyFile, () -> 0);
    }

    @Test
    void opensWhatItSealed() {
        var sealed = vault.seal(SECRET, CONTOSO);

        assertThat(vault.open(sealed, CONTOSO)).isEqualTo(new Opened.Plain(SECRET));
    }

    @Test
    void opensItAfterARestart() {
        var sealed = vault.seal(SECRET, CONTOSO);

        assertThat(new Vault(keyFile, () -> 0).open(sealed, CONTOSO)).isEqualTo(new Opened.Plain(SECRET));
    }

    @Test
    void sealsTheSameSecretDifferentlyEachTime() {
        assertThat(vault.seal(SECRET, CONTOSO)).isNotEqualTo(vault.seal(SECRET, CONTOSO));
    }

    @Test
    void showsNothingOfTheSecretInWhatItSealed() {
        assertThat(new String(vault.seal(SECRET, CONTOSO), StandardCharsets.ISO_8859_1))
                .doesNotContain("not-a-real-secret");
        assertThat(new Opened.Plain(SECRET).toString()).doesNotContain("not-a-real-secret");
    }

    @Test
    void keepsTheKeyFromOthers() throws IOException {
        vault.seal(SECRET, CONTOSO);

        assertThat(Files.getPosixFilePermissions(keyFile)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void doesNotOpenWhatBelongsToAnotherDevice() {
        var sealed = vault.seal(SECRET, CONTOSO);

        assertThat(vault.open(sealed, UUID.randomUUID())).isInstanceOf(Opened.Locked.class);
    }

    @Test
    void doesNotOpenWhatWasChanged() {
        var sealed = vault.seal(SECRET, CONTOSO);
        sealed[sealed.length - 1] ^= 1;

        assertThat(vault.open(sealed, CONTOSO)).isInstanceOf(Opened.Locked.class);
        assertThat(vault.open(new byte[3], CONTOSO)).isInstanceOf(Opened.Locked.class);
    }

    @Test
    void saysThatTheKeyIsMissingAndWhatToDo() throws IOException {
        var sealed = vault.seal(SECRET, CONTOSO);
        Files.delete(keyFile);

        assertThat(vault.open(sealed, CONTOSO)).isInstanceOfSatisfying(Opened.Locked.class, locked -> {
            assertThat(locked.cause()).contains(keyFile.toString()).contains("missing");
            assertThat(locked.cure())
                    .contains("Put it back from a backup", "head -c 32 /dev/urandom | base64 > " + keyFile);
        });
        assertThat(keyFile).doesNotExist();
    }

    @Test
    void makesNoKeyAnewWhileASecretIsSealed() {
        var inUse = new Vault(keyFile, () -> 1);

        assertThatThrownBy(() -> inUse.seal(SECRET, CONTOSO))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith(
                        "The key file %s is missing, and 1 secret is sealed with it.".formatted(keyFile))
                .hasMessageContaining("Put it back from a backup");
        assertThat(keyFile).doesNotExist();
    }

    @Test
    void takesTheKeyThatItsOwnCureMakes() throws IOException, InterruptedException {
        var inUse = new Vault(keyFile, () -> 1);
        new ProcessBuilder("/bin/sh", "-c", "umask 077; head -c 32 /dev/urandom | base64 > " + keyFile)
                .start()
                .waitFor();

        assertThat(inUse.open(inUse.seal(SECRET, CONTOSO), CONTOSO)).isEqualTo(new Opened.Plain(SECRET));
    }

    @Test
    void saysThatTheKeyIsAnotherOne(@TempDir Path elsewhere) {
        var sealed = vault.seal(SECRET, CONTOSO);
        var other = new Vault(elsewhere.resolve("secret.key"), () -> 0);
        other.seal(SECRET, CONTOSO);

        assertThat(other.open(sealed, CONTOSO))
                .isInstanceOfSatisfying(Opened.Locked.class, locked -> assertThat(locked.cause())
                        .contains("another key"));
    }

    @Test
    void refusesToReplaceAKeyFileThatItCannotUse() throws IOException {
        Files.writeString(keyFile, "not a key");

        assertThatThrownBy(() -> vault.seal(SECRET, CONTOSO))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining(keyFile.toString());
        assertThat(keyFile).hasContent("not a key");
    }
}
