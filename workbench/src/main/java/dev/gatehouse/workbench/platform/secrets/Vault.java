package dev.gatehouse.workbench.platform.secrets;

import dev.gatehouse.model.Credential;
import dev.gatehouse.workbench.platform.settings.DataDirectory;
import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Seals client secrets, and certificates with their private keys, with AES-256-GCM.
 *
 * <p>Sealed, a secret is: one byte for the format (1), four for the key's id, twelve of nonce, then the ciphertext with
 * its tag. Format, key id and the owner's id are authenticated, so that a sealed secret cannot be moved to another
 * device.
 *
 * <p>The key is a file of its own, so that a copy of the database alone gives nothing away. It is made when the first
 * secret is sealed, and never again while one is: whoever has lost it makes the next one by hand.
 */
@Component
public class Vault {

    private static final byte FORMAT = 1;
    private static final int KEY_BYTES = 32;
    private static final int KEY_ID_BYTES = 4;
    private static final int NONCE_BYTES = 12;
    private static final int PREFIX_BYTES = 1 + KEY_ID_BYTES;
    private static final int TAG_BITS = 128;

    private final Path keyFile;
    private final SealedSecrets sealed;
    private final SecureRandom random = new SecureRandom();

    /**
     * Opens the vault of this process.
     *
     * @throws InvalidSetting when secrets are sealed and the key is missing: the operator may still have it, and a key that
     *     was made anew in silence would look like the right one
     */
    @Autowired
    Vault(Settings settings, DataDirectory directory, List<SealedSecrets> sealed) {
        this(
                settings.secretKeyFile().isBlank()
                        ? directory.resolve("secret.key")
                        : Path.of(settings.secretKeyFile().strip()).toAbsolutePath(),
                () -> sealed.stream().mapToLong(SealedSecrets::count).sum());
        if (!Files.exists(keyFile)) {
            requireNothingSealed();
        }
    }

    Vault(Path keyFile, SealedSecrets sealed) {
        this.keyFile = keyFile;
        this.sealed = sealed;
    }

    private void requireNothingSealed() {
        var count = sealed.count();
        if (count > 0) {
            throw new InvalidSetting("%s, and %d %s sealed with it. %s"
                    .formatted(isMissing(), count, count == 1 ? "secret is" : "secrets are", cureOfMissing()));
        }
    }

    private String isMissing() {
        return "The key file %s is missing".formatted(keyFile);
    }

    private String cureOfMissing() {
        return "Put it back from a backup or from another process on the same database, or name its place with gatehouse.secret-key-file. Only if it is lost for good, make a new one with (umask 077; head -c 32 /dev/urandom | base64 > %s) and then enter each device's secret or certificate again; people with a second factor sign in with a recovery code and set up a new one."
                .formatted(keyFile);
    }

    /**
     * Seals a secret. The same secret comes out different every time.
     *
     * @param owner whose it is; it can only be opened for the same owner
     * @throws InvalidSetting when the key file cannot be read or made, or is missing although secrets are sealed with it
     */
    public byte[] seal(Credential secret, UUID owner) {
        var key = key().orElseGet(this::makeKey);
        var prefix =
                ByteBuffer.allocate(PREFIX_BYTES).put(FORMAT).put(idOf(key)).array();
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, prefix, owner);
            var ciphertext = cipher.doFinal(secret.reveal().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(PREFIX_BYTES + NONCE_BYTES + ciphertext.length)
                    .put(prefix)
                    .put(nonce)
                    .put(ciphertext)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform must offer AES-GCM", e);
        }
    }

    /** Opens what {@link #seal} gave for the same owner. */
    public Opened open(byte[] sealed, UUID owner) {
        var key = key();
        if (key.isEmpty()) {
            return new Opened.Locked(isMissing() + ".", cureOfMissing());
        }
        if (sealed.length < PREFIX_BYTES + NONCE_BYTES || sealed[0] != FORMAT) {
            return locked("The stored client secret is damaged");
        }
        var prefix = Arrays.copyOf(sealed, PREFIX_BYTES);
        if (!Arrays.equals(prefix, 1, PREFIX_BYTES, idOf(key.get()), 0, KEY_ID_BYTES)) {
            return locked("The client secret was sealed with another key than the one in %s".formatted(keyFile));
        }
        var nonce = Arrays.copyOfRange(sealed, PREFIX_BYTES, PREFIX_BYTES + NONCE_BYTES);
        try {
            var plain = cipher(Cipher.DECRYPT_MODE, key.get(), nonce, prefix, owner)
                    .doFinal(sealed, PREFIX_BYTES + NONCE_BYTES, sealed.length - PREFIX_BYTES - NONCE_BYTES);
            return new Opened.Plain(Credential.parse(new String(plain, StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            return locked("The stored client secret is damaged or belongs to another device");
        }
    }

    /** Changes when the key file is taken away, put back or replaced, so that what was opened with it is opened anew. */
    public String edition() {
        try {
            return Files.getLastModifiedTime(keyFile) + " " + Files.size(keyFile);
        } catch (IOException e) {
            return "missing";
        }
    }

    private Opened.Locked locked(String cause) {
        return new Opened.Locked(
                cause + ".",
                "Put the original key file back as %s, or edit the device and paste the client secret's Value again, or the certificate with its private key."
                        .formatted(keyFile));
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] prefix, UUID owner)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(prefix);
        cipher.updateAAD(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(owner.getMostSignificantBits())
                .putLong(owner.getLeastSignificantBits())
                .array());
        return cipher;
    }

    private static byte[] idOf(SecretKey key) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()), KEY_ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform must offer SHA-256", e);
        }
    }

    /** Reads the key anew each time: an operator who puts it back need not restart, and secrets are opened rarely. */
    private Optional<SecretKey> key() {
        try {
            if (!Files.exists(keyFile)) {
                return Optional.empty();
            }
            var bytes = Base64.getDecoder().decode(Files.readString(keyFile).strip());
            if (bytes.length != KEY_BYTES) {
                throw new IllegalArgumentException("it has %d bytes".formatted(bytes.length));
            }
            return Optional.of(new SecretKeySpec(bytes, "AES"));
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidSetting(
                    "Cannot use the key file %s (%s). It has to hold %d bytes in base64; put the original back from a backup."
                            .formatted(keyFile, e.getMessage(), KEY_BYTES),
                    e);
        }
    }

    private synchronized SecretKey makeKey() {
        var existing = key();
        if (existing.isPresent()) {
            return existing.get();
        }
        requireNothingSealed();
        var bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        try {
            // Whole or not at all: a key that was cut short by a power cut would lock every secret.
            var unfinished = keyFile.resolveSibling(keyFile.getFileName() + ".new");
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(Base64.getEncoder().encode(bytes)));
                channel.force(true);
            }
            Files.move(unfinished, keyFile, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new InvalidSetting("Cannot make the key file %s (%s).".formatted(keyFile, e), e);
        }
        return new SecretKeySpec(bytes, "AES");
    }

    @Override
    public String toString() {
        return "Vault[%s]".formatted(keyFile);
    }
}
