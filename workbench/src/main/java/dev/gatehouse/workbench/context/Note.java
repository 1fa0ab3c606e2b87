package dev.gatehouse.workbench.context;

import dev.gatehouse.workbench.people.Trace;
import java.util.UUID;

/**
 * What an organization's people want to be known about a name.
 *
 * @param id of it
 * @param organization whose it is
 * @param terms what it says
 * @param revision grows with every change
 * @param trace who wrote it and changed it, and when
 */
public record Note(UUID id, Whose organization, NoteTerms terms, int revision, Trace trace)
        implements Entry<NoteTerms> {}
