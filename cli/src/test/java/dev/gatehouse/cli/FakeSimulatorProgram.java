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
                        {"plainAuthority": "http://localhost:1", "plainGraph": "http://localhost:2",
                         "tenants": [
                           {"name": "Contoso", "tenantId": "00000000-0000-4000-8000-000000000001",
                            "domain": "x.example", "applicationId": "00000000-0000-4000-9000-000000000001",
                            "clientSecret": "value-1"},
                           {"name": "Fabrikam", "tenantId": "00000000-0000-4000-8000-000000000002",
                            "domain": "x.example", "applicationId": "00000000-0000-4000-9000-000000000002",
                            "clientSecret": "value-2"},
                           {"name": "Northwind Traders", "tenantId": "00000000-0000-4000-8000-000000000003",
                            "domain": "x.example", "applicationId": "00000000-0000-4000-9000-000000000003",
                            "clientSecret": "value-3"},
                           {"name": "Adventure Works", "tenantId": "00000000-0000-4000-8000-000000000004",
                            "domain": "x.example", "applicationId": "00000000-0000-4000-9000-000000000004",
                            "clientSecret": "value-4"},
                           {"name": "Tailspin Toys", "tenantId": "00000000-0000-4000-8000-000000000005",
                            "domain": "x.example", "applicationId": "00000000-0000-4000-9000-000000000005",
                            "clientSecret": "value-5"}],
                         "emptyTenants": [
                           {"name": "Woodgrove Bank", "tenantId": "00000000-0000-4000-8000-000000000009",
                            "domain": "woodgrovebank.onmicrosoft.com"}]}
                        """);
        System.in.transferTo(System.out);
    }
}
