package dev.gatehouse.workbench.detections;

import java.util.Locale;

/** Whose a rule is, the most important first: a customer's own rules are tried before everybody's. */
public enum RuleSource {
    CUSTOMER("Customer"),
    PROVIDER("Provider"),
    SHIPPED("Shipped");

    private final String title;

    RuleSource(String title) {
        this.title = title;
    }

    /** The word on the screen. */
    public String title() {
        return title;
    }

    /** The word in addresses and the API, e.g. {@code shipped}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
