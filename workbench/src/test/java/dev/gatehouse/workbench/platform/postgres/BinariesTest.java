package dev.gatehouse.workbench.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {

    /** The file's name up to its version: libssl of libssl.so.1.1. */
    private static final Pattern LIBRARY = Pattern.compile("(lib[^.]+)\\.so.*");

    private static final List<String> OF_POSTGRESQL = List.of("libpq", "libecpg", "libecpg_compat", "libpgtypes");

    @TempDir
    Path folder;

    @Test
    void putsTheLicenceBesideTheProgramsWhereEverybodyCanReadIt() throws IOException {
        var programs = unpack();

        assertThat(programs.resolve("COPYRIGHT"))
                .content()
                .contains("Copyright (c) 1996-", "The Regents of the University of California")
                .contains("this\nparagraph and the following two paragraphs appear in all copies");
        assertThat(Files.getPosixFilePermissions(programs.resolve("COPYRIGHT")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));

        Files.delete(programs.resolve("COPYRIGHT"));
        assertThat(unpack().resolve("COPYRIGHT"))
                .as("the licence of programs that were unpacked without")
                .exists();
        assertThat(Files.readString(Path.of("..", "NOTICE"))).contains(librariesOfOthers(programs));
    }

    private Path unpack() throws IOException {
        return Path.of(Binaries.unpackInto(folder).program("..")).normalize();
    }

    private static List<String> librariesOfOthers(Path programs) throws IOException {
        try (var files = Files.list(programs.resolve("lib"))) {
            var all = files.map(file -> LIBRARY.matcher(file.getFileName().toString()))
                    .filter(name -> name.matches())
                    .map(name -> name.group(1))
                    .filter(name -> !OF_POSTGRESQL.contains(name))
                    .distinct()
                    .toList();
            assertThat(all).isNotEmpty();
            return all;
        }
    }
}
