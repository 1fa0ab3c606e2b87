package dev.gatehouse.stories.setup;

import dev.gatehouse.cli.tenant.TenantContext;
import dev.gatehouse.model.Connection;
import dev.gatehouse.setup.credentials.Proof;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A terminal and a Workbench written by hand: it keeps devices as the real one does, and nothing else. */
final class FakeTenantContext implements TenantContext, TenantContext.Workbench {

    private final StringWriter printed = new StringWriter();
    private final StringWriter noted = new StringWriter();
    private final Path journals;
    private final Proof proof;
    private final List<Connection> devices = new ArrayList<>();
    private String answer = "";

    FakeTenantContext(Path journals, Proof proof) {
        this.journals = journals;
        this.proof = proof;
    }

    FakeTenantContext answering(String word) {
        answer = word;
        return this;
    }

    /** What was printed since the last look. */
    String printed() {
        var text = printed.toString();
        printed.getBuffer().setLength(0);
        return text;
    }

    /** Everything that stood on the screen beside the results. */
    String noted() {
        return noted.toString();
    }

    List<Connection> devices() {
        return devices;
    }

    @Override
    public PrintWriter out() {
        return new PrintWriter(printed, true);
    }

    @Override
    public PrintWriter err() {
        return new PrintWriter(noted, true);
    }

    @Override
    public Optional<String> ask(String question) {
        return Optional.of(answer).filter(word -> !word.isEmpty());
    }

    @Override
    public Path journals() {
        return journals;
    }

    @Override
    public Workbench workbench(@Nullable String url, @Nullable Path tokenFile) {
        return this;
    }

    @Override
    public Optional<KnownDevice> deviceOf(String directoryId) {
        return devices.stream()
                .filter(device -> device.tenant().toString().equals(directoryId))
                .findFirst()
                .map(device -> new KnownDevice(
                        directoryId, "Contoso", device.application().toString()));
    }

    @Override
    public Optional<String> add(String name, String location, Connection connection, String secretId, Instant end) {
        devices.add(connection);
        return Optional.empty();
    }

    @Override
    public Optional<String> change(String deviceId, Connection connection, String secretId, Instant end) {
        devices.removeIf(device -> device.tenant().toString().equals(deviceId));
        devices.add(connection);
        return Optional.empty();
    }

    @Override
    public List<Tried> test(String deviceId) {
        try {
            return proof.prove(devices.getFirst()).stream()
                    .map(check -> new Tried(check.title(), check.passed(), check.detail()))
                    .toList();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {}
}
