package dev.gatehouse.workbench.detections;

/** A query of a runbook with its values. */
public sealed interface RenderedQuery {

    /**
     * It can be run.
     *
     * @param kql its text
     */
    record Ready(String kql) implements RenderedQuery {}

    /**
     * It cannot be run for this alert.
     *
     * @param reason a sentence
     */
    record Missing(String reason) implements RenderedQuery {}
}
