package dev.gatehouse.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Workbench that leaves its token and sign-in, remembers device names in a file, and has one alert. */
public final class FakeWorkbenchProgram {

    private FakeWorkbenchProgram() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("Started with " + List.of(arguments));
        var directory = Path.of(value(arguments, "--gatehouse.data-directory="));
        var workbench = new FakeWorkbench(Integer.parseInt(value(arguments, "--gatehouse.server.port=")));
        workbench.hasAlert("da1", "Suspected DCSync attack");
        workbench.hasOrganization("My Organization", "ORG");
        var kept = directory.resolve("kept");
        if (Files.exists(kept)) {
            for (var line : Files.readAllLines(kept)) {
                var device = line.split(" ", 2);
                workbench.hasDevice("kept", device[0], device[1]);
            }
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Files.write(kept, workbench.directoriesAndKinds());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }));
        Files.writeString(
                directory.resolve("first-administrator"), "e-mail: admin@gatehouse.local\npassword: s3same\n");
        Files.writeString(directory.resolve("api-token"), FakeWorkbench.TOKEN);
    }

    private static String value(String[] arguments, String flag) {
        for (var argument : arguments) {
            if (argument.startsWith(flag)) {
                return argument.substring(flag.length());
            }
        }
        throw new IllegalArgumentException(flag + " is missing");
    }
}
