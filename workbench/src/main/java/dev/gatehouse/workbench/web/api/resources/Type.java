package dev.gatehouse.workbench.web.api.resources;

/** What an attribute holds. */
public enum Type {
    TEXT("text", "a text"),
    INTEGER("bigint", "a whole number"),
    BOOLEAN("boolean", "true or false"),
    TIME("timestamptz", "a time"),
    /** A list of texts. */
    TEXTS("text", "a list of texts"),
    /** An object or a list, which nothing can be filtered or sorted by. */
    JSON("jsonb", "an object or a list");

    private final String sql;
    private final String title;

    Type(String sql, String title) {
        this.sql = sql;
        this.title = title;
    }

    /** The type of PostgreSQL that a value, or a piece of {@link #TEXTS}, is. */
    String sql() {
        return sql;
    }

    /** In a sentence. */
    public String title() {
        return title;
    }
}
