package dev.gatehouse.workbench.people;

import java.time.Instant;

/** What a token turns out to be that somebody shows. */
sealed interface Presented {

    /** It lets in. */
    record Good(ApiToken token) implements Presented {}

    /** A person has signed a program in, and it lets in as that person. */
    record Person(SignedIn who) implements Presented {}

    /** Nobody made it. */
    record Unknown() implements Presented {}

    /** Its time is over. */
    record Expired(ApiToken token, Instant at) implements Presented {}

    /** Somebody ended it. */
    record Revoked(ApiToken token, Instant at) implements Presented {}
}
