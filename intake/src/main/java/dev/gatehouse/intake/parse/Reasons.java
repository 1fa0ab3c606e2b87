package dev.gatehouse.intake.parse;

import dev.gatehouse.model.Original;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Why a record cannot be read, in a sentence. It quotes nothing of the record, since alert bodies stay out of logs; Jackson's
 * own messages quote.
 */
final class Reasons {

    static final String EMPTY = "It is empty";
    static final String NO_ID = "It has no id";
    static final String NO_TIME = "It has neither a usable lastUpdateDateTime nor a usable createdDateTime";
    static final String NO_TIMESTAMP = "It has no usable Timestamp";
    static final String NUMBER_OUT_OF_RANGE =
            "A number in it is out of range: its exponent is beyond what can be calculated with";

    private Reasons() {}

    static String of(JacksonException failure, Original original) {
        if (failure instanceof StreamConstraintsException limit) {
            return overLimit(limit);
        }
        if (failure instanceof UnexpectedEndOfInputException) {
            return "It breaks off after %,d bytes, in the middle of its JSON".formatted(original.length());
        }
        // Of a tree, Jackson expects nothing but its end.
        return failure instanceof MismatchedInputException
                ? "Something follows behind its end" + place(failure, original)
                : notWellFormed(failure, original);
    }

    /** The limit is known by the name of the method that the message says it came from. */
    private static String overLimit(StreamConstraintsException limit) {
        var message = String.valueOf(limit.getOriginalMessage());
        if (message.contains("getMaxNestingDepth")) {
            return "It is nested more than %,d levels deep".formatted(Json.LIMITS.getMaxNestingDepth());
        }
        if (message.contains("getMaxNumberLength")) {
            return "A number in it has more than %,d digits".formatted(Json.LIMITS.getMaxNumberLength());
        }
        if (message.contains("getMaxNameLength")) {
            return "A member's name in it has more than %,d characters".formatted(Json.LIMITS.getMaxNameLength());
        }
        if (message.contains("getMaxStringLength")) {
            return "A text in it has more than %,d characters".formatted(Json.LIMITS.getMaxStringLength());
        }
        return "It exceeds a limit on the size of JSON";
    }

    private static String notWellFormed(JacksonException failure, Original original) {
        var isNotUtf8 = String.valueOf(failure.getOriginalMessage()).contains("UTF-8");
        return (isNotUtf8 ? "It is not in UTF-8" : "It is not well-formed JSON") + place(failure, original);
    }

    private static String place(JacksonException failure, Original original) {
        var location = failure.getLocation();
        return location == null || location.getByteOffset() < 0
                ? ""
                : " near byte %,d of %,d".formatted(location.getByteOffset(), original.length());
    }

    /** What we did not foresee: a mistake of ours, by its name only. */
    static String of(RuntimeException failure) {
        return failure instanceof ArithmeticException || failure instanceof NumberFormatException
                ? NUMBER_OUT_OF_RANGE
                : "Gatehouse made a mistake in reading it (%s)"
                        .formatted(failure.getClass().getSimpleName());
    }
}
