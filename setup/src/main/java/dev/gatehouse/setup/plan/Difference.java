package dev.gatehouse.setup.plan;

/**
 * One field that is not as it should be.
 *
 * @param field Microsoft's name of it, e.g. {@code inboundTrust.isMfaAccepted}
 * @param present what stands there, {@code (none)} when nothing does
 * @param desired what should
 */
public record Difference(String field, String present, String desired) {

    public static final String NONE = "(none)";

    @Override
    public String toString() {
        return "%s: %s → %s".formatted(field, present, desired);
    }
}
