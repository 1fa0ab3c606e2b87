package dev.gatehouse.kql;

import org.jspecify.annotations.Nullable;

/**
 * One word of a query.
 *
 * @param text as a message shows it; for names and symbols exactly what was written
 * @param value of a literal: {@code String}, {@code Long}, {@code Double}, {@code Instant}, {@code Duration}; null for
 *     everything else and for a null literal such as {@code datetime(null)}
 * @param position of the first character in the query
 */
record Token(Kind kind, String text, @Nullable Object value, int position) {

    enum Kind {
        NAME,
        TEXT,
        LONG,
        REAL,
        TIMESPAN,
        DATETIME,
        GUID,
        SYMBOL,
        END
    }

    boolean is(String symbolOrName) {
        return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbolOrName);
    }
}
