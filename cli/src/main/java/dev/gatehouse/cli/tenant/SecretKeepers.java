package dev.gatehouse.cli.tenant;

import dev.gatehouse.model.ApplicationId;
import dev.gatehouse.model.ClientCertificate;
import dev.gatehouse.model.ClientSecret;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.TenantId;
import dev.gatehouse.setup.credentials.SecretKeeper;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;

/** The places where this program can put a new secret. */
final class SecretKeepers {

    private SecretKeepers() {}

    /** A security device of a Workbench: added when there is none for the directory, changed otherwise. */
    record InWorkbench(TenantContext.Workbench workbench, String name, String location) implements SecretKeeper {

        @Override
        public void keep(Connection connection, String keyId, Instant end) throws NotKept {
            Optional<String> problem;
            try {
                var known = workbench.deviceOf(connection.tenant().toString());
                problem = known.isPresent()
                        ? workbench.change(known.get().id(), connection, keyId, end)
                        : workbench.add(name, location, connection, keyId, end);
            } catch (TenantFailure e) {
                throw new NotKept(e.sentence());
            }
            if (problem.isPresent()) {
                throw new NotKept("The Workbench did not take it: " + problem.get());
            }
        }

        @Override
        public Optional<ApplicationId> application(TenantId tenant) {
            return workbench
                    .deviceOf(tenant.toString())
                    .map(TenantContext.KnownDevice::applicationId)
                    .map(ApplicationId::parse);
        }
    }

    /** The screen, because somebody asked for it. */
    record OnTheScreen(PrintWriter out) implements SecretKeeper {

        @Override
        public void keep(Connection connection, String keyId, Instant end) {
            out.println("Directory (tenant) ID:   " + connection.tenant());
            out.println("Application (client) ID: " + connection.application());
            out.println(
                    switch (connection.credential()) {
                        case ClientSecret secret -> "Client secret Value:     " + secret.reveal();
                        case ClientCertificate certificate ->
                            "Certificate and private key:%n%s".formatted(certificate.reveal());
                    });
            out.println("It works until:          " + end);
            out.flush();
        }
    }
}
