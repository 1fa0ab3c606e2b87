package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the Maven wrapper where no Maven is yet, with a wget that brings what the test has put up for it. */
@Timeout(120)
class WrapperTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final String PROPERTIES = ".mvn/wrapper/maven-wrapper.properties";

    private final Path root;
    private final Path tools;
    private final Path mavenHome;
    private final Path download;

    WrapperTest(@TempDir Path directory) {
        root = directory.resolve("repository");
        tools = directory.resolve("tools");
        mavenHome = directory.resolve("maven");
        download = directory.resolve("download");
    }

    @BeforeEach
    void furnish() throws IOException {
        Files.createDirectories(root.resolve(PROPERTIES).getParent());
        Files.copy(REPOSITORY.resolve("mvnw"), root.resolve("mvnw"));
        Files.copy(REPOSITORY.resolve(PROPERTIES), root.resolve(PROPERTIES));
        Files.createDirectories(tools);
        for (var tool : List.of(
                "sh",
                "uname",
                "tr",
                "dirname",
                "basename",
                "mkdir",
                "mktemp",
                "rm",
                "mv",
                "ls",
                "cp",
                "sha256sum",
                "tar",
                "gzip")) {
            Files.createSymbolicLink(tools.resolve(tool), where(tool));
        }
        program(tools.resolve("wget"), "cp \"%s\" \"$4\"".formatted(download));
    }

    @Test
    void refusesAMavenThatIsNotTheOneWeKnow() throws Exception {
        Files.createSymbolicLink(tools.resolve("unzip"), where("sh"));
        Files.writeString(download, "Not the zip that we know");

        assertThat(run()).contains("Failed to validate Maven distribution SHA-256");
        assertThat(installed()).isEmpty();
    }

    @Test
    void refusesItWithoutUnzipToo() throws Exception {
        Files.writeString(download, "Not the tar.gz that we know");

        assertThat(run()).contains("Failed to validate Maven distribution SHA-256");
        assertThat(installed()).isEmpty();
    }

    /** As in the images of a JDK, which have no unzip. */
    @Test
    void holdsTheArchiveThatItTakesWithoutUnzipAgainstTheSumOfThatArchive() throws Exception {
        pretendMaven();
        var properties = Files.readString(root.resolve(PROPERTIES));
        Files.writeString(
                root.resolve(PROPERTIES),
                properties.replaceFirst("(distributionTarGzSha256Sum)=\\p{XDigit}{64}", "$1=" + sum(download)));

        assertThat(run("verify", "-B")).isEqualTo("A Maven that was called with verify -B\n");
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        var command = Stream.concat(Stream.of("/bin/sh", root.resolve("mvnw").toString()), Stream.of(arguments))
                .toList();
        return output(command);
    }

    private String output(List<String> command) throws IOException, InterruptedException {
        var out = root.resolve("out");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("MAVEN_USER_HOME", mavenHome.toString());
        builder.start().waitFor();
        return Files.readString(out);
    }

    private List<Path> installed() throws IOException {
        try (var all = Files.walk(mavenHome)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** Packs a Maven of one program, in the folder that the properties name. */
    private void pretendMaven() throws IOException, InterruptedException {
        var name = Files.readString(root.resolve(PROPERTIES)).replaceFirst("(?s).*/([^/]+)-bin\\.zip.*", "$1");
        Files.createDirectories(root.resolve(name).resolve("bin"));
        program(root.resolve(name).resolve("bin/mvn"), "echo \"A Maven that was called with $*\"");
        output(List.of(where("tar").toString(), "-czf", download.toString(), "-C", root.toString(), name));
    }

    private static String sum(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private static void program(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path where(String tool) {
        return Stream.of("/bin", "/usr/bin")
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no " + tool));
    }
}
