package dev.gatehouse.workbench.notifications;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request to a receiver. It holds secrets, and prints none.
 *
 * @param uri where it goes
 * @param headers besides those about the body
 * @param body JSON
 * @param secrets what must not be told of the answer, should the receiver repeat it
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares it.
record Outgoing(URI uri, Map<String, String> headers, byte[] body, List<String> secrets) {

    Outgoing {
        headers = new LinkedHashMap<>(headers);
        secrets = List.copyOf(secrets);
    }

    @Override
    public String toString() {
        return "Outgoing[to %s, %d bytes]".formatted(uri.getHost(), body.length);
    }
}
