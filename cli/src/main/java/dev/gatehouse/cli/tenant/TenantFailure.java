package dev.gatehouse.cli.tenant;

/** Ends a command: one line for the person, one number for the shell. The message names what failed and the cure. */
public final class TenantFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What the shell is told; the numbers are those of all commands. */
    public enum Kind {
        BAD_INPUT(2),
        NOT_REACHABLE(3),
        NOT_AUTHORISED(4),
        NOT_FOUND(5);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    private final Kind kind;
    private final String sentence;

    TenantFailure(Kind kind, String sentence) {
        super(sentence);
        this.kind = kind;
        this.sentence = sentence;
    }

    TenantFailure(Kind kind, String sentence, Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
        this.sentence = sentence;
    }

    public Kind kind() {
        return kind;
    }

    public String sentence() {
        return sentence;
    }
}
