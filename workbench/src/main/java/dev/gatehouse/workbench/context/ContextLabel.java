package dev.gatehouse.workbench.context;

import dev.gatehouse.workbench.people.Trace;
import java.util.UUID;

/**
 * A label that an organization gives to accounts, hosts and addresses.
 *
 * @param id of it
 * @param organization whose it is
 * @param terms what it says
 * @param revision grows with every change
 * @param trace who wrote it and changed it, and when
 */
public record ContextLabel(UUID id, Whose organization, LabelTerms terms, int revision, Trace trace)
        implements Entry<LabelTerms> {}
