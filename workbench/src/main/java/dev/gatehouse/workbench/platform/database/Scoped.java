package dev.gatehouse.workbench.platform.database;

import java.util.Optional;

/**
 * The scope that a thread works in. People's requests are answered in one, from the first byte: {@link FencedConnections}
 * lends them connections on which PostgreSQL shows nothing else. What the Workbench does by itself is in none.
 */
public final class Scoped {

    private static final ScopedValue<Scope> SCOPE = ScopedValue.newInstance();

    private Scoped() {}

    /** Does work of which the database shows and takes only what is in a scope. */
    public static <T, X extends Throwable> T within(Scope scope, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(SCOPE, scope).call(work);
    }

    /** The scope of this thread; empty when it works for the Workbench itself. */
    public static Optional<Scope> current() {
        return SCOPE.isBound() ? Optional.of(SCOPE.get()) : Optional.empty();
    }
}
