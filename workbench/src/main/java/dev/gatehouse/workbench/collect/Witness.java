package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Collected;
import java.util.List;

/** Told what a page held, once the page is stored. */
@FunctionalInterface
public interface Witness {

    /**
     * A page came and is stored.
     *
     * @param understood its records, those of other products among them, in no particular order
     * @param unreadable how many it had that could not be understood
     */
    void saw(List<Collected> understood, int unreadable);
}
