package dev.gatehouse.workbench.people;

import java.util.List;

/** Addresses for programs that are open besides those of {@link OpenAddresses}, because their types are described elsewhere. */
public interface ApiAddresses {

    /** Each with the right that opens it, HEAD aside. */
    List<Opening> openings();
}
