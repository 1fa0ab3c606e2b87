package dev.gatehouse.stories.stage;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.springframework.util.FileSystemUtils;

/**
 * What every first start of the product does alike, done once for all stories: PostgreSQL is unpacked, a cluster is made
 * and the schema is in it, and the JVM has seen which classes a start needs. Stories that run side by side, and later runs
 * of the same build, share it. It lies among the temporary files, since as root the database runs as another user, who may
 * not get to the checkout, and can be deleted at any time.
 */
final class FirstStart {

    private static final Path FOLDER = Path.of(
            System.getProperty("java.io.tmpdir"),
            "gatehouse-first-start-%08x"
                    .formatted(Path.of("target").toAbsolutePath().toString().hashCode()));
    private static final Path DATA = FOLDER.resolve("data");
    private static final Path CLASSES = FOLDER.resolve("classes.aot");
    private static final Path BUILD = FOLDER.resolve("build");

    private static boolean isDone;

    private FirstStart() {}

    /**
     * Lets a data directory begin where every first start arrives. A directory that has a database stays as it is.
     *
     * @param run starts the product in a data directory with further flags for its JVM, and stops it when it is
     *     ready
     */
    static synchronized void prepare(Path dataDirectory, BiConsumer<Path, List<String>> run) throws IOException {
        if (!isDone) {
            makeOnce(run);
            isDone = true;
        }
        if (Files.notExists(dataDirectory.resolve("postgres"))) {
            copy(dataDirectory);
        }
    }

    /** Flags for a JVM that starts the product; none when classes lie in folders, which the JVM does not remember. */
    static List<String> flags() {
        return Files.exists(CLASSES)
                ? List.of("-XX:AOTCache=" + CLASSES, "-Xlog:aot*=off", "-Xlog:cds=off")
                : List.of();
    }

    /** What the product consists of, without what only stories need. */
    static String classPath() {
        var whole = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(whole.split(File.pathSeparator))
                .filter(entry -> !entry.contains("stories" + File.separator + "target"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void makeOnce(BiConsumer<Path, List<String>> run) throws IOException {
        Files.createDirectories(FOLDER);
        try (var channel = FileChannel.open(
                        FOLDER.resolveSibling(FOLDER.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            var build = build();
            if (Files.exists(BUILD) && Files.readString(BUILD).equals(build)) {
                return;
            }
            FileSystemUtils.deleteRecursively(FOLDER);
            Files.createDirectories(DATA);
            // As root the database runs as another user, who has to get through.
            OutsidePostgres.letServersThrough(FOLDER);
            OutsidePostgres.letServersThrough(DATA);
            var flags = new ArrayList<String>();
            if (Arrays.stream(classPath().split(File.pathSeparator)).allMatch(entry -> entry.endsWith(".jar"))) {
                flags.add("-XX:AOTCacheOutput=" + CLASSES);
            }
            run.accept(DATA, flags);
            Files.writeString(BUILD, build);
        }
    }

    /** The parts that the product is made of, with their dates: another build starts otherwise. */
    private static String build() {
        return Arrays.stream(classPath().split(File.pathSeparator))
                .map(entry -> entry + " " + newestIn(Path.of(entry)))
                .collect(Collectors.joining("\n"));
    }

    private static long newestIn(Path entry) {
        try (var files = Files.walk(entry)) {
            return files.mapToLong(file -> file.toFile().lastModified()).max().orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With owners and rights, and without what the directory has already. */
    private static void copy(Path dataDirectory) throws IOException {
        var copying = new ProcessBuilder("cp", "--archive", "--no-clobber", DATA + "/.", dataDirectory.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(copying.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (copying.onExit().join().exitValue() != 0) {
            throw new IOException("Cannot copy %s: %s".formatted(DATA, said));
        }
    }
}
