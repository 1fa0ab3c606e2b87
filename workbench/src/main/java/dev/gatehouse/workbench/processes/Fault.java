package dev.gatehouse.workbench.processes;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Trouble;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Something of ours that went wrong in a way that nobody foresaw. It quotes no message of an exception: those repeat what was
 * being read, and alert bodies and secrets stay out of logs and screens.
 *
 * @param words what was thrown and where, e.g. {@code ArithmeticException in CanonicalJson.writeNumber, line 95}
 * @param trace for the log: the kinds of exceptions and where they come from
 */
public record Fault(String words, Throwable trace) {

    private static final String OURS = "dev.gatehouse.";

    /** Two causes are enough to find a mistake, and a chain may lead in a circle. */
    private static final int MOST_CAUSES = 5;

    public static Fault of(Throwable thrown) {
        var words = Arrays.stream(thrown.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst()
                .map(frame -> "%s in %s.%s, line %d"
                        .formatted(
                                kindOf(thrown),
                                frame.getClassName()
                                        .substring(frame.getClassName().lastIndexOf('.') + 1),
                                frame.getMethodName(),
                                frame.getLineNumber()))
                .orElseGet(() -> kindOf(thrown));
        return new Fault(words, Trace.of(thrown, MOST_CAUSES));
    }

    private static String kindOf(Throwable thrown) {
        return thrown.getClass().getSimpleName();
    }

    /**
     * What a screen says of it.
     *
     * @param doing what was being done, as the subject of a sentence, e.g. {@code Reading alerts}
     */
    public Diagnosis diagnosis(String doing) {
        return Diagnosis.of(
                Trouble.INTERNAL_FAULT,
                "%s broke off because of a mistake in Gatehouse: %s.".formatted(doing, words),
                "Gatehouse tries again by itself, after growing pauses, and loses nothing. If it lasts, report it with the lines that the log has of it, and install the version that mends it.");
    }

    /** A throwable's kind, places and causes, without its messages. */
    private static final class Trace extends Exception {

        private static final long serialVersionUID = 1L;

        private Trace(Throwable thrown, int causes) {
            super(thrown.getClass().getName(), causesOf(thrown, causes), false, true);
            setStackTrace(thrown.getStackTrace());
        }

        static Trace of(Throwable thrown, int causes) {
            return new Trace(thrown, causes);
        }

        private static @Nullable Throwable causesOf(Throwable thrown, int causes) {
            var cause = thrown.getCause();
            return cause == null || causes == 0 ? null : of(cause, causes - 1);
        }

        /** Without the name of this class, which would hide the one that matters. */
        @Override
        @SuppressWarnings("OverrideThrowableToString")
        public String toString() {
            return String.valueOf(getMessage());
        }
    }
}
