package dev.gatehouse.setup.signin;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/** How an administrator signs in. */
public sealed interface SignInMethod {

    /**
     * A code that is typed on any device with a browser. Conditional Access often forbids it.
     *
     * @param show tells the administrator where to go and which code to type
     */
    record DeviceCode(Consumer<Code> show) implements SignInMethod {}

    /**
     * A browser on this machine, which comes back to a port on loopback (authorization code with PKCE).
     *
     * @param open opens an address, or asks the administrator to
     */
    record Browser(Consumer<URI> open) implements SignInMethod {}

    /**
     * Where to type which code.
     *
     * @param address the page
     * @param userCode the code
     * @param message both, in Microsoft's words
     * @param lifetime for how long the code is taken, from now on
     */
    record Code(URI address, String userCode, String message, Duration lifetime) {}
}
