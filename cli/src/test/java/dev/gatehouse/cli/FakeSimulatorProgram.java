package dev.gatehouse.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A simulator that only says that it is ready, and ends with its standard input as the real one does. */
public final class FakeSimulatorProgram {

    private FakeSimulatorProgram() {}

    public static void main(String[] arguments) throws IOException {
        var directory = Path.of(List.of(arguments).get(List.of(arguments).indexOf("--directory") + 1));
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("simulator.json"), """
                        {"authority": "https://localhost:1", "graph": "https://localhost:2", "caCertificate": "/ca.pem",
                         "tenants": [
                           {"name": "Contoso", "tenantId": "00000000-0000-4000-8000-000000000001",
                            "applicationId": "00000000-0000-4000-8000-000000000002", "clientSecret": "value-1"},
                           {"name": "Fabrikam", "tenantId": "00000000-0000-4000-8000-000000000003",
                            "applicationId": "00000000-0000-4000-8000-000000000004", "clientSecret": "value-2"}]}
                        """);
        System.in.transferTo(System.out);
    }
}
