package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.settings.DataDirectory;
import java.nio.file.Path;

/** Says how made-up people sign in, in a file of the data directory that only its owner may read. */
public final class GeneratedPeopleFile {

    private final PrivateFile file;

    /** The file of a data directory. */
    public GeneratedPeopleFile(DataDirectory directory) {
        this.file = new PrivateFile(directory.resolve("generated-people"));
    }

    /** Where it is. */
    public Path path() {
        return file.path();
    }

    /** Writes the password that all of them have. */
    public void write(String password) {
        file.write(password + System.lineSeparator());
    }
}
