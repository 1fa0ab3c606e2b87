package dev.gatehouse.cli;

import dev.gatehouse.cli.exit.Failure;
import dev.gatehouse.cli.http.ApiAnswer;
import dev.gatehouse.cli.http.DataDirectory;
import dev.gatehouse.cli.http.DeviceRequest;
import dev.gatehouse.cli.http.Devices;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.ServerOptions;
import dev.gatehouse.cli.http.WorkbenchClient;
import dev.gatehouse.cli.tenant.TenantContext;
import dev.gatehouse.cli.terminal.CommandContext;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.DeviceField;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the tenant commands find of this program. */
record TenantCommandContext(CommandContext context) implements TenantContext {

    @Override
    public PrintWriter out() {
        return context.out();
    }

    @Override
    public PrintWriter err() {
        return context.err();
    }

    @Override
    public Optional<String> ask(String question) {
        return context.person().flatMap(person -> person.ask(question));
    }

    @Override
    public Path journals() {
        return DataDirectory.usual(context).path().resolve("tenants");
    }

    @Override
    public Workbench workbench(@Nullable String url, @Nullable Path tokenFile) {
        return new Reached(ServerOptions.of(url, tokenFile).connect(context));
    }

    private record Reached(WorkbenchClient client) implements Workbench {

        @Override
        public Optional<KnownDevice> deviceOf(String directoryId) {
            return new Devices(client)
                    .all().stream()
                            .filter(device ->
                                    Resource.attribute(device, "directory_id").equalsIgnoreCase(directoryId))
                            .findFirst()
                            .map(device -> new KnownDevice(
                                    Resource.id(device),
                                    Resource.attribute(device, "name"),
                                    Resource.attribute(device, "application_id")));
        }

        @Override
        public Optional<String> add(String name, String location, Connection connection, String secretId, Instant end) {
            var request = signingIn(connection, secretId, end)
                    .with(DeviceField.NAME, name)
                    .with(DeviceField.LOCATION, location)
                    .with(DeviceField.DIRECTORY_ID, connection.tenant().toString())
                    .with(DeviceField.CLOUD, connection.cloud().name());
            return problem(() -> new Devices(client).create(request));
        }

        @Override
        public Optional<String> change(String deviceId, Connection connection, String secretId, Instant end) {
            return problem(() -> new Devices(client).change(deviceId, signingIn(connection, secretId, end)));
        }

        private static DeviceRequest signingIn(Connection connection, String secretId, Instant end) {
            return DeviceRequest.empty()
                    .with(DeviceField.APPLICATION_ID, connection.application().toString())
                    .withCredential(connection.credential().reveal())
                    .with(DeviceField.CLIENT_SECRET_EXPIRES, end.toString())
                    .withKnown(DeviceField.CLIENT_SECRET_ID, secretId);
        }

        /** A Workbench that cannot be reached is as good as one that says no: the secret is not safe. */
        private static Optional<String> problem(Supplier<ApiAnswer> order) {
            try {
                var answer = order.get();
                return answer.isSuccess() ? Optional.empty() : Optional.of(answer.explanation());
            } catch (Failure e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }

        @Override
        public List<Tried> test(String deviceId) {
            var tried = new ArrayList<Tried>();
            for (JsonNode check :
                    new Devices(client).test(deviceId).path("attributes").path("checks")) {
                var result = Resource.text(check, "result");
                tried.add(new Tried(
                        Resource.text(check, "title"),
                        result.equalsIgnoreCase("passed"),
                        (Resource.text(check, "cause") + " " + Resource.text(check, "cure")).strip()));
            }
            return tried;
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
