package dev.gatehouse.setup.journal;

import dev.gatehouse.model.TenantId;
import java.io.UncheckedIOException;

/** Keeps the journals. What {@link #save} took must survive the loss of power. */
public interface Journals {

    /**
     * The journal of a tenant; an empty one when nothing was ever done there.
     *
     * @throws UncheckedIOException when it cannot be read
     */
    Journal load(TenantId tenant);

    /**
     * Replaces the journal of a tenant.
     *
     * @throws UncheckedIOException when it cannot be written; then nothing more may be done in the tenant
     */
    void save(Journal journal);
}
