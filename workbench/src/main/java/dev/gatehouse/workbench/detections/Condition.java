package dev.gatehouse.workbench.detections;

import com.google.re2j.Pattern;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A condition that is ready to be asked. May be asked by many threads at once.
 *
 * <p>What it costs is bounded: steps of comprehensions by CEL itself, and letters that are searched by {@link Work}.
 */
public final class Condition {

    private static final String TOO_MUCH = "it costs too much: it searches through too much text";
    private static final ScopedValue<Work> WORK = ScopedValue.newInstance();

    private final CelRuntime.Program program;
    private final Map<String, Pattern> patterns;
    private final List<String> references;
    private final Optional<Set<Key>> keys;
    private final int conjuncts;

    /**
     * A value that a field has to have.
     *
     * @param field of the vendor alert
     * @param value exactly
     */
    record Key(String field, String value) {

        /** Whether few vendor alerts have the same. */
        boolean isTelling() {
            return field.equals("detector_id") || field.equals("title");
        }
    }

    /**
     * @param patterns the regular expressions in it, by their text
     * @param references what it looks at, e.g. {@code alert.title}
     * @param keys it is false unless one of these holds; empty when nothing of the kind can be said
     * @param conjuncts how many conditions are joined by "and" in it
     */
    Condition(
            CelRuntime.Program program,
            Map<String, Pattern> patterns,
            List<String> references,
            Optional<Set<Key>> keys,
            int conjuncts) {
        this.program = program;
        this.patterns = Map.copyOf(patterns);
        this.references = List.copyOf(references);
        this.keys = keys.map(Set::copyOf);
        this.conjuncts = conjuncts;
    }

    /**
     * Asks it.
     *
     * @throws ConditionFailed when it cannot be worked out, or costs too much
     */
    public boolean holds(Facts facts) throws ConditionFailed {
        var work = new Work(patterns);
        try {
            var holds = ScopedValue.where(WORK, work).call(() -> Boolean.TRUE.equals(program.eval(facts::variable)));
            if (work.isTooMuch()) {
                // "or" and "and" of CEL forgive an error when the other side decides; this one is not forgiven.
                throw new ConditionFailed(TOO_MUCH, new TooMuchWork());
            }
            return holds;
        } catch (CelEvaluationException e) {
            throw new ConditionFailed(words(e), e);
        } catch (RuntimeException | StackOverflowError e) {
            // Of the library; one condition must not keep others from being asked.
            throw new ConditionFailed(
                    "it failed inside (%s)".formatted(e.getClass().getSimpleName()), e);
        }
    }

    private static String words(CelEvaluationException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TooMuchWork) {
                return TOO_MUCH;
            }
        }
        var message = String.valueOf(failure.getMessage());
        if (message.contains("Iteration budget exceeded")) {
            return "it costs too much: it goes through lists more than %,d times"
                    .formatted(ConditionCompiler.MOST_ITERATIONS);
        }
        return message.replaceFirst("^evaluation error at <input>:\\d+: ", "");
    }

    List<String> references() {
        return references;
    }

    Optional<Set<Key>> keys() {
        return keys;
    }

    /** The higher, the more a condition asks for. */
    int specificity() {
        var telling = keys.filter(all -> all.stream().allMatch(Key::isTelling)).isPresent();
        return (telling ? 2_000_000 : keys.isPresent() ? 1_000_000 : 0) + conjuncts;
    }

    static boolean matches(String text, String pattern) {
        var work = WORK.get();
        work.spend((long) text.length() * pattern.length());
        var compiled = work.patterns.get(pattern);
        if (compiled == null) {
            throw new IllegalArgumentException("The regular expression is no literal");
        }
        return compiled.matcher(text).find();
    }

    static boolean contains(String text, String part) {
        WORK.get().spend(text.length() + (long) text.length() * part.length() / 64);
        return text.contains(part);
    }

    private static final class TooMuchWork extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** How much a condition has searched in one evaluation. */
    private static final class Work {

        /** Letters times letters of the pattern; about a tenth of a second at worst. */
        private static final long MOST = 4_000_000;

        private final Map<String, Pattern> patterns;
        private long spent;

        Work(Map<String, Pattern> patterns) {
            this.patterns = patterns;
        }

        boolean isTooMuch() {
            return spent > MOST;
        }

        void spend(long letters) {
            spent += letters;
            if (isTooMuch()) {
                throw new TooMuchWork();
            }
        }
    }
}
