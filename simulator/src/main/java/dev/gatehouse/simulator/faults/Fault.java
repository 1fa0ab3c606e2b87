package dev.gatehouse.simulator.faults;

import dev.gatehouse.simulator.entra.SignInError;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** One thing that can go wrong with an answer. */
public sealed interface Fault {

    // In place of the answer

    /** 429 with the body of the host. */
    record Throttled(RetryAfter retryAfter) implements Fault {}

    /** 500, 502, 503, 504, 509 with the bodies that were seen in real answers. */
    record ServerError(int status, RetryAfter retryAfter) implements Fault {}

    /** Any error in Graph's envelope. */
    record GraphError(int status, String code, String message) implements Fault {}

    /** Any of Entra's errors, whether or not the request deserves it. */
    record SignInFailure(SignInError error) implements Fault {}

    /** 429: not too many queries, but the tenant's share of computing time is used up until the next quarter of an hour. */
    record HuntingQuotaSpent() implements Fault {}

    /** The page of a gateway or proxy. */
    record HtmlPage(int status) implements Fault {}

    /** A status and nothing else. */
    record EmptyBody(int status) implements Fault {}

    /** 200 and the JSON content type, but no JSON. */
    record NotJson() implements Fault {}

    /** 400 for each request that follows a link, as if the link had expired. */
    record LinkExpired() implements Fault {}

    /** A page without records before the first one, with a link to it: filtered lists are known to give such. */
    record EmptyPage() implements Fault {}

    /** The last page of a list links back to its first one (github.com/microsoftgraph/msgraph-sdk-dotnet, 2108). */
    record LinksInACircle() implements Fault {}

    /** 500 for each request that expands alerts, as very large tenants give (github.com/elastic/integrations, 18144). */
    record ExpandFails() implements Fault {}

    /**
     * An error for each page that would hold a record of that time, however small the page: what the service stored is
     * spoilt (github.com/elastic/integrations, 18144).
     */
    record SpoiltRecord(Instant time, int status) implements Fault {}

    /**
     * The same for one record, by its {@code id} or, of hunting, its {@code ReportId}, whatever else there is of its time.
     */
    record SpoiltId(String id, int status) implements Fault {}

    /**
     * 400 for each hunting query that looks at more than so long a stretch of time: it would cost too much
     * (github.com/OpenAEV-Platform/collectors, 284).
     */
    record Preempted(Duration longest) implements Fault {}

    /** An error for each question about a window that shares time with this one, whatever would come. */
    record SpoiltWindow(Instant from, Instant to, int status) implements Fault {}

    // On the way

    /** Half of the promised body, then the end of the connection. */
    record CutOff() implements Fault {}

    /** Compressed, and broken in the middle. */
    record BrokenGzip() implements Fault {}

    /** Answers with more than so many bytes in their body break off after half of it: by a TCP reset, or by a close. */
    record BreaksOffAbove(int bytes, boolean byReset) implements Fault {}

    /** The connection is reset in place of an answer. */
    record Reset() implements Fault {}

    /** The answer trickles. */
    record Dripping(int pieces, Duration pause) implements Fault {}

    /** The answer waits until the latch opens; by itself after a minute, so that nothing hangs for ever. */
    record Held(CountDownLatch until) implements Fault {}

    // In the answer

    /** The {@code Date} field is ahead by so much, or behind when negative. */
    record WrongDate(Duration ahead) implements Fault {}

    /** 206 with a warning that a provider did not answer, as the legacy alerts call does. */
    record Incomplete() implements Fault {}

    /** A {@code Warning} beside a good answer, as RFC 7234 writes it. */
    record Warned(int code, String text) implements Fault {}

    /** A page that links to somebody else, who would get the token. */
    record ForeignNextLink(URI address) implements Fault {}

    /** One record of the page is not what it should be. Which one, the seed decides. */
    record MalformedRecord() implements Fault {}

    /** Each record of the page is larger by so many bytes. */
    record Padded(int bytes) implements Fault {}

    /** One record of the page has properties, an evidence type and enumeration members that nobody knows yet. */
    record FutureRecord() implements Fault {}
}
