package dev.gatehouse.stories.setup;

import dev.gatehouse.setup.signin.AdminSignIn;
import dev.gatehouse.setup.signin.SignInMethod;
import dev.gatehouse.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Does what a browser does with the sign-in page: follows redirects, and sends the form that sends itself. */
final class LoopbackBrowser {

    private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");
    private static final Pattern FIELD = Pattern.compile("name=\"(code|state)\" value=\"([^\"]*)\"");

    private final SetupStage stage;

    LoopbackBrowser(SetupStage stage) {
        this.stage = stage;
    }

    /** Signs the administrator in and says who came back. */
    String signIn() throws Exception {
        var signIn = new AdminSignIn(
                stage.http,
                stage.cloud,
                stage.tenant,
                AdminSignIn.GRAPH_COMMAND_LINE_TOOLS,
                new SignInMethod.Browser(address -> Thread.ofVirtual().start(() -> open(address))));
        return signIn.token(Set.of("User.Read", "Directory.Read.All")).name();
    }

    private void open(URI address) {
        try (var http = HttpClient.newBuilder()
                .sslContext(trusting(stage.simulator))
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            var page = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
            var redirect = page.headers().firstValue("Location");
            if (redirect.isPresent()) {
                // From https to http on loopback, which the client does not follow by itself.
                http.send(HttpRequest.newBuilder(URI.create(redirect.get())).build(), BodyHandlers.ofString());
                return;
            }
            var form = FORM.matcher(page.body());
            if (form.find()) {
                http.send(
                        HttpRequest.newBuilder(URI.create(form.group(1)))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(fields(FIELD.matcher(page.body()))))
                                .build(),
                        BodyHandlers.ofString());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String fields(Matcher fields) {
        var form = new StringBuilder();
        while (fields.find()) {
            form.append(fields.group(1)).append('=').append(fields.group(2)).append('&');
        }
        return form.toString();
    }

    private static SSLContext trusting(Simulator simulator) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("pretend", simulator.ca());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
