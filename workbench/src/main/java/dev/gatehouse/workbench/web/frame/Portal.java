package dev.gatehouse.workbench.web.frame;

import java.net.URI;
import java.util.Optional;

/** Links that come with records and lead to Microsoft's portal. */
public final class Portal {

    private Portal() {}

    /** The address, when it is one that a link may have: a record could carry {@code javascript:} as well. */
    public static Optional<String> link(String address) {
        try {
            var uri = URI.create(address);
            return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null
                    ? Optional.of(uri.toString())
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
