package dev.gatehouse.workbench.web.frame;

import java.util.Optional;

/**
 * Turning the pages of a list that is read from a key on, which costs the same on every page and counts nothing.
 *
 * @param newer the page before; empty on the first one
 * @param older the page behind; empty on the last one
 */
public record OlderNewer(Optional<Address> newer, Optional<Address> older) {}
