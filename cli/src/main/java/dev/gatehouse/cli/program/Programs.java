package dev.gatehouse.cli.program;

import dev.gatehouse.cli.exit.ExitCode;
import dev.gatehouse.cli.exit.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the programs of the other rooms are. */
public interface Programs {

    /**
     * The pretend cloud.
     *
     * @throws Failure when it is not there
     */
    Program simulator();

    /**
     * The Workbench.
     *
     * @throws Failure when it is not there
     */
    Program workbench();

    /**
     * A program for Java.
     *
     * @param classPath the entries of its class path
     * @param mainClass its name
     */
    record Program(List<String> classPath, String mainClass) {
        public Program {
            classPath = List.copyOf(classPath);
        }
    }

    /**
     * Those that the launcher built: each room is a jar in {@code target}, its libraries lie in {@code target/lib}.
     *
     * @param directory the top of the repository or of an unpacked release
     */
    record Built(Path directory) implements Programs {

        /** The ones that the launcher names with {@code -Dgatehouse.home}; those below here without a launcher. */
        public static Built ofThisProcess() {
            return new Built(Path.of(System.getProperty("gatehouse.home", "")).toAbsolutePath());
        }

        @Override
        public Program simulator() {
            return new Program(classPathOf("simulator"), ProgramRunner.SIMULATOR);
        }

        @Override
        public Program workbench() {
            return new Program(classPathOf("workbench"), ProgramRunner.WORKBENCH);
        }

        private List<String> classPathOf(String room) {
            var target = directory.resolve(room).resolve("target");
            if (Files.isDirectory(target)) {
                try (var jars = Files.newDirectoryStream(target, "gatehouse-" + room + "-*.jar")) {
                    for (var jar : jars) {
                        return List.of(
                                jar.toString(),
                                target.resolve("lib").resolve("*").toString());
                    }
                } catch (IOException e) {
                    throw new Failure(ExitCode.NOT_STARTED, "%s cannot be read: %s".formatted(target, e), e);
                }
            }
            throw new Failure(
                    ExitCode.NOT_STARTED,
                    "The room '%s' is not built in %s. Start Gatehouse with ./gatehouse, which builds what is missing."
                            .formatted(room, directory));
        }
    }
}
