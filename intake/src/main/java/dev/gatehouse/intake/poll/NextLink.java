package dev.gatehouse.intake.poll;

import dev.gatehouse.model.Cloud;
import java.net.URI;

/**
 * Where Graph says the next page is. It is opaque and is followed as it stands, but only to the host that the token was
 * issued for: anywhere else the token would leak.
 *
 * @param uri the absolute address
 */
public record NextLink(URI uri) {

    /**
     * Checks where a link leads.
     *
     * @throws IllegalArgumentException when it leads away from the cloud's Graph
     */
    public static NextLink within(Cloud cloud, URI uri) {
        if (!cloud.isGraphAddress(uri)) {
            throw new IllegalArgumentException("Refusing to follow a link to %s, expected %s"
                    .formatted(uri.getHost(), cloud.graph().getHost()));
        }
        return new NextLink(uri);
    }
}
