package dev.gatehouse.workbench.detections;

import org.springframework.stereotype.Component;

/** Makes conditions of texts, for whoever decides about vendor alerts by the same facts as detection rules. */
@Component
public class Conditions {

    /** As many characters as a condition may have. */
    public static final int LONGEST = ConditionCompiler.LONGEST;

    private final RuleReader reader;

    Conditions(RuleReader reader) {
        this.reader = reader;
    }

    /**
     * Makes a condition of a text in CEL.
     *
     * @throws InvalidCondition when it is none; it says where
     */
    public Condition of(String text) throws InvalidCondition {
        return reader.condition(text);
    }
}
