package dev.gatehouse.simulator.graph;

import dev.gatehouse.simulator.http.Answer;
import dev.gatehouse.simulator.http.Request;

/**
 * {@code Prefer: include-unknown-enum-members}: the client can bear enumeration members that it does not know.
 *
 * @see <a href="https://learn.microsoft.com/graph/best-practices-concept">Handling future members in evolvable
 *     enumerations</a>
 */
final class Preference {

    private static final String INCLUDE_NEW_MEMBERS = "include-unknown-enum-members";

    private Preference() {}

    static boolean includesNewMembers(Request request) {
        return request.headers().mentions("Prefer", INCLUDE_NEW_MEMBERS);
    }

    static Answer confirmed(Request request, Answer answer) {
        return includesNewMembers(request) ? answer.with("Preference-Applied", INCLUDE_NEW_MEMBERS) : answer;
    }
}
