package dev.gatehouse.kql;

/** A query that cannot be answered. The message is for the caller, in Microsoft's words where they are known. */
public final class KqlException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What kind of trouble it is; an answer's status follows from it. */
    public enum Kind {
        /** The text is not a query. */
        SYNTAX,
        /** The query names something that is not there or does not fit, or uses a part of the language not known here. */
        SEMANTIC,
        /** The answer, or what is needed to work it out, is too large. */
        TOO_LARGE,
        /** The query took too many steps. */
        TIMED_OUT
    }

    private final Kind kind;
    private final boolean located;

    private KqlException(Kind kind, String message, boolean located) {
        super(message, null, false, false);
        this.kind = kind;
        this.located = located;
    }

    public Kind kind() {
        return kind;
    }

    static KqlException syntax(String query, int position, String detail) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < Math.min(position, query.length()); i++) {
            if (query.charAt(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new KqlException(
                Kind.SYNTAX,
                "A recognition error occurred. [line:position=%d:%d]: %s".formatted(line, column, detail),
                true);
    }

    static KqlException semantic(String message) {
        return new KqlException(Kind.SEMANTIC, message, false);
    }

    /** The same trouble, told with the operator in which it was found, as Microsoft does. */
    KqlException inside(String operator) {
        return located ? this : new KqlException(kind, "'%s' operator: %s".formatted(operator, getMessage()), true);
    }

    static KqlException tooLarge() {
        return new KqlException(
                Kind.TOO_LARGE,
                "Query execution has exceeded the allowed result size. Optimize your query by limiting the amount of"
                        + " results and try again.",
                true);
    }

    static KqlException timedOut() {
        return new KqlException(Kind.TIMED_OUT, "Query exceeded the timeout period.", true);
    }
}
