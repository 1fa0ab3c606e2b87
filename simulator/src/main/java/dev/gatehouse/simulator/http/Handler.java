package dev.gatehouse.simulator.http;

/** Answers requests, many at a time. */
@FunctionalInterface
public interface Handler {

    /** The answer to a request. May block: each connection has a thread of its own. */
    Answer answer(Request request);
}
