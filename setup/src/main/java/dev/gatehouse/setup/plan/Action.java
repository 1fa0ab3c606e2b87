package dev.gatehouse.setup.plan;

import java.util.Locale;

/** What the plan has for a part. */
public enum Action {
    CREATE("+"),
    CHANGE("~"),
    KEEP("="),
    /** The administrator may not even read it, so somebody else has to look. */
    UNKNOWN("?");

    private final String sign;

    Action(String sign) {
        this.sign = sign;
    }

    /** The sign in front of a line of the plan, as Terraform's readers know it. */
    public String sign() {
        return sign;
    }

    /** The word in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
