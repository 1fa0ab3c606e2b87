package dev.gatehouse.kql;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Regular expressions of one query. Kusto uses RE2, which cannot be made to run forever; Java's engine can, so every
 * character that it looks at counts against the query's budget.
 */
final class Patterns {

    private static final int LONGEST = 4_096;
    private static final int MOST_KEPT = 200;

    private final Budget budget;
    private final Map<String, Pattern> compiled = new HashMap<>();

    Patterns(Budget budget) {
        this.budget = budget;
    }

    Match match(String regex, String text) {
        @Nullable Pattern known = compiled.get(regex);
        if (known == null) {
            known = compile(regex);
            if (compiled.size() < MOST_KEPT) {
                compiled.put(regex, known);
            }
        }
        return new Match(regex, known.matcher(new Counted(text, budget)));
    }

    private Pattern compile(String regex) {
        budget.spend(100 + (long) regex.length());
        if (regex.length() > LONGEST) {
            throw tooComplex(regex);
        }
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException invalid) {
            throw KqlException.semantic(
                    "The regular expression '%s' is not valid: %s".formatted(regex, invalid.getDescription()));
        } catch (StackOverflowError _) {
            // Java compiles and matches nested groups by recursion; this is the only place that can tell.
            throw tooComplex(regex);
        }
    }

    private static KqlException tooComplex(String regex) {
        return KqlException.semantic("The regular expression '%s' is too complex for this simulator."
                .formatted(regex.length() > 100 ? regex.substring(0, 100) + "…" : regex));
    }

    /** A search under way. */
    static final class Match {

        private final String regex;
        private final Matcher matcher;

        private Match(String regex, Matcher matcher) {
            this.regex = regex;
            this.matcher = matcher;
        }

        boolean find() {
            try {
                return matcher.find();
            } catch (StackOverflowError _) {
                throw tooComplex(regex);
            }
        }

        int start() {
            return matcher.start();
        }

        int end() {
            return matcher.end();
        }

        int groups() {
            return matcher.groupCount();
        }

        /** Empty when there is no such group or it took no part. */
        String group(int number) {
            if (number < 0 || number > matcher.groupCount()) {
                return "";
            }
            @Nullable String found = matcher.group(number);
            return found == null ? "" : found;
        }
    }

    private static final class Counted implements CharSequence {

        private static final int READS_PER_STEP = 4;

        private final String text;
        private final Budget budget;
        private int reads;

        private Counted(String text, Budget budget) {
            this.text = text;
            this.budget = budget;
        }

        @Override
        public char charAt(int index) {
            reads++;
            if (reads == READS_PER_STEP) {
                reads = 0;
                budget.spend(1);
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
