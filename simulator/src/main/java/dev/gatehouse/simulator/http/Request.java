package dev.gatehouse.simulator.http;

import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * What a client asks for.
 *
 * @param method in capitals, e.g. {@code GET}
 * @param base scheme, host and port by which the client reached us; links in answers start with it
 * @param path decoded, beginning with a slash
 * @param query decoded; empty when there is none
 * @param body as UTF-8 text; empty when there is none
 */
public record Request(String method, URI base, String path, Parameters query, Headers headers, String body) {

    /** The parts of the path between its slashes; none of them empty. */
    public List<String> segments() {
        return Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
    }
}
