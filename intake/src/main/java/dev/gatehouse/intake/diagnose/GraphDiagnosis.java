package dev.gatehouse.intake.diagnose;

import dev.gatehouse.intake.http.Answer;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Trouble;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Explains why Graph gave no page. Microsoft's words come first, whatever the status; what they do not say is said to be not
 * known to us.
 *
 * @see <a href="https://learn.microsoft.com/graph/errors">Microsoft Graph error responses</a>
 */
public final class GraphDiagnosis {

    /** {@code Missing application roles. API required roles: A,B, application roles: C.} */
    private static final Pattern ROLES =
            Pattern.compile("API required roles:\\s*(.*?),?\\s*application roles:\\s*(.*?)\\.?\\s*$", Pattern.DOTALL);

    private static final Pattern UNRESOLVED_TABLE =
            Pattern.compile("Failed to resolve table(?: or column)? expression named '([^']*)'");

    private static final String WAIT =
            "Nothing to do: Gatehouse tries again. If it lasts, see Microsoft's service health.";

    private final Answer answer;
    private final ErrorBody body;
    private final Question question;
    private final String subject;

    /**
     * What had been asked.
     *
     * @param cloud in which cloud
     * @param feed for which feed
     * @param roles the permissions in the token that was sent; absent when the token cannot be read
     * @param isBehindLink whether the address was a link of Graph's and not our own
     */
    public record Question(Cloud cloud, Feed feed, Optional<Set<String>> roles, boolean isBehindLink) {

        public Question {
            roles = roles.map(Set::copyOf);
        }
    }

    private GraphDiagnosis(Answer answer, Question question) {
        this(answer, question, question.feed().title().toLowerCase(Locale.ROOT));
    }

    private GraphDiagnosis(Answer answer, Question question, String subject) {
        this.answer = answer;
        this.body = ErrorBody.of(answer);
        this.question = question;
        this.subject = subject;
    }

    /** Explains an answer to a hunting query that a person wrote, by its status. */
    public static Diagnosis ofPersonsQuery(Answer answer, Cloud cloud, Optional<Set<String>> roles) {
        return ofPerson(answer, cloud, roles).personsQuery();
    }

    /**
     * Explains an answer to such a query that should have rows and has none that can be read.
     *
     * @param why what is wrong with it, as a sentence, without quoting it
     */
    public static Diagnosis unreadablePersonsQuery(
            Answer answer, Cloud cloud, Optional<Set<String>> roles, String why) {
        return ofPerson(answer, cloud, roles).unreadable(why);
    }

    /** All hunting takes the same permission, so that any table's words serve. */
    private static GraphDiagnosis ofPerson(Answer answer, Cloud cloud, Optional<Set<String>> roles) {
        return new GraphDiagnosis(answer, new Question(cloud, Feed.LOGON_EVENTS, roles, false), "the hunting query");
    }

    private Diagnosis personsQuery() {
        if (answer.status() == 400 && body.says("exceeded the allowed result size")) {
            return with(
                    Trouble.TOO_BIG,
                    "The query's answer would be larger than Microsoft sends at once. " + body.quote(),
                    "Ask for fewer rows or columns, or a shorter time span.");
        }
        if (isPreempted() || (answer.status() == 400 && body.says("exceeded the timeout"))) {
            return with(
                    Trouble.TOO_HEAVY,
                    "The query is too heavy for Microsoft. " + body.quote(),
                    "Narrow it: a shorter time span, where before join and summarize, fewer columns.");
        }
        if (answer.status() != 400) {
            return byStatus();
        }
        return with(
                Trouble.REQUEST_REFUSED,
                "Microsoft does not understand the query: %s"
                        .formatted(body.message().strip()),
                "Correct the query. A table that no product fills in this tenant does not exist either.");
    }

    /**
     * Microsoft gave the query up because of what it costs.
     *
     * @see <a href="https://github.com/OpenAEV-Platform/collectors/issues/284">as collectors have met it</a>
     */
    private boolean isPreempted() {
        return answer.status() == 400
                && (body.says("preempted")
                        || body.says("pre-empted")
                        || body.says("exceeded the allowed limits")
                        || body.says("high CPU"));
    }

    /** Explains an answer that is no page, by its status. */
    public static Diagnosis of(Answer answer, Question question) {
        return new GraphDiagnosis(answer, question).byStatus();
    }

    /**
     * Explains an answer that should have been a page and is not.
     *
     * @param why what is wrong with it, as a sentence, without quoting it
     */
    public static Diagnosis unreadable(Answer answer, Question question, String why) {
        return new GraphDiagnosis(answer, question).unreadable(why);
    }

    private Diagnosis unreadable(String why) {
        // Of a page only the beginning is here, which alone is no JSON.
        var isCut = answer.length() > answer.body().length;
        var isAboutJson = body.shape() == ErrorBody.Shape.JSON || (isCut && body.shape() == ErrorBody.Shape.OTHER);
        var what = isAboutJson ? "" : " " + body.quote();
        return with(
                Trouble.UNREADABLE_ANSWER,
                "Microsoft Graph's answer for %s could not be read: %s%s".formatted(feedName(), why, what),
                "Nothing of it was counted, and Gatehouse asks again. If it lasts, check whether a proxy changes answers.");
    }

    /** Explains a link that leads away from Graph. It was not followed, because the token would leak. */
    public static Diagnosis foreignLink(Answer answer, Question question, String host) {
        return new GraphDiagnosis(answer, question)
                .with(
                        Trouble.FOREIGN_LINK,
                        "Microsoft Graph's answer for %s continues at %s, which is not %s."
                                .formatted(
                                        question.feed().title().toLowerCase(Locale.ROOT),
                                        host,
                                        question.cloud().graph().getHost()),
                        "The link was not followed, so that the token does not leak. Check whether a proxy changes answers, and the cloud's Graph address.");
    }

    /**
     * Explains an answer that says itself that parts are missing.
     *
     * @param words Microsoft's own, empty when it said nothing
     */
    public static Diagnosis incomplete(Answer answer, Question question, String words) {
        return new GraphDiagnosis(answer, question)
                .with(
                        Trouble.MICROSOFT_ERROR,
                        "Microsoft Graph answered for %s with a part only.%s"
                                .formatted(
                                        question.feed().title().toLowerCase(Locale.ROOT),
                                        words.isEmpty() ? "" : " Microsoft warns: " + ErrorBody.quoted(words)),
                        "Nothing to do: what came is stored, and Gatehouse asks for the same time again until all of it comes. If it lasts, see Microsoft's service health.");
    }

    /** Tells what Microsoft said about an answer that is whole. */
    public static Diagnosis warned(Answer answer, Question question, String words) {
        return new GraphDiagnosis(answer, question)
                .with(
                        Trouble.WARNED,
                        "Microsoft warns with its answers for %s: %s"
                                .formatted(question.feed().title().toLowerCase(Locale.ROOT), ErrorBody.quoted(words)),
                        "Nothing to do: nothing is missing. If it speaks of something that ends, look for an update of Gatehouse.");
    }

    /** What Microsoft's words say, whatever the status: the same trouble comes with 401 here and with 403 there. */
    private Optional<Diagnosis> byWords() {
        if (answer.status() < 400) {
            return Optional.empty();
        }
        if (isChallenge()) {
            return Optional.of(with(
                    Trouble.BLOCKED_BY_POLICY,
                    "Microsoft Graph asks for a new sign-in before the application may read %s: Conditional Access, or the application was switched off or deleted."
                            .formatted(feedName()),
                    "An administrator of the tenant has to check %s and %s."
                            .formatted(Portal.CONDITIONAL_ACCESS, Portal.PROPERTIES)));
        }
        if (body.hasCode("TooManyRequests") || body.hasCode("ApplicationThrottled") || isAllotmentSpent()) {
            return Optional.of(throttled());
        }
        if (body.says("not provisioned") || body.says("not onboarded") || saysNotLicensed()) {
            return Optional.of(noLicense(body.quote()));
        }
        var roles = ROLES.matcher(body.message());
        if (roles.find()) {
            return Optional.of(missingRoles(split(roles.group(1)), split(roles.group(2))));
        }
        if (body.says("IDX14100") || body.says("JWT is not well formed")) {
            return Optional.of(
                    with(
                            Trouble.REQUEST_REFUSED,
                            "What reached Microsoft Graph in place of the token is not one. " + body.quote(),
                            "Check whether a proxy changes or removes the Authorization header, and the cloud's sign-in and Graph addresses. There is nothing to be done in the tenant."));
        }
        if (body.says("audience")) {
            return Optional.of(with(
                    Trouble.WRONG_CLOUD,
                    "The Microsoft Graph of cloud %s does not accept tokens of this sign-in address. %s"
                            .formatted(question.cloud().name(), body.quote()),
                    "Choose the cloud that the tenant lives in, and check the cloud's two addresses."));
        }
        return Optional.empty();
    }

    private boolean isChallenge() {
        var challenge = answer.headers().first("WWW-Authenticate").orElse("");
        return challenge.contains("insufficient_claims")
                || (answer.status() == 401 && challenge.contains("claims="))
                || body.hasCode("insufficient_claims")
                || body.says("insufficient_claims");
    }

    private boolean saysNotLicensed() {
        return answer.status() < 500
                && answer.status() != 429
                && (body.says("license") || body.says("licence") || body.says("subscription"));
    }

    private Diagnosis byStatus() {
        var words = byWords();
        if (words.isPresent()) {
            return words.get();
        }
        var status = answer.status();
        if (question.isBehindLink() && (status == 400 || status == 404 || status == 410)) {
            return with(
                    Trouble.PAGING_FAILED,
                    "Microsoft Graph no longer knows the link to the next page of %s. %s"
                            .formatted(feedName(), body.quote()),
                    "Nothing to do: Gatehouse asks for the page afresh.");
        }
        return switch (status) {
            case 400 -> badRequest();
            case 401 -> unauthorized();
            case 403 -> forbidden();
            case 404 ->
                with(
                        Trouble.REQUEST_REFUSED,
                        "%s does not know %s. %s"
                                .formatted(graphHost(), question.feed().path(), body.quote()),
                        "Check the Graph address of cloud %s. Not every cloud offers every endpoint."
                                .formatted(question.cloud().name()));
            case 408, 504 ->
                with(
                        Trouble.TIMED_OUT,
                        "Microsoft Graph gave up on the request for %s. %s".formatted(feedName(), body.quote()),
                        "Nothing to do: Gatehouse asks for less at once.");
            case 413 -> tooBig();
            case 429, 509 -> throttled();
            default -> {
                if (status >= 500) {
                    yield with(
                            Trouble.MICROSOFT_ERROR,
                            "Microsoft Graph answered with error %d for %s. %s"
                                    .formatted(status, feedName(), body.quote()),
                            WAIT);
                }
                if (status >= 400) {
                    yield refused();
                }
                if (status >= 300) {
                    yield redirected();
                }
                yield unreadable(answer, question, "Status %d was not expected.".formatted(status));
            }
        };
    }

    private Diagnosis badRequest() {
        var unresolved = UNRESOLVED_TABLE.matcher(body.message());
        if (question.feed().isHuntingTable()
                && unresolved.find()
                && unresolved.group(1).equalsIgnoreCase(question.feed().table())) {
            return with(
                    Trouble.TABLE_MISSING,
                    "This tenant has no hunting table %s."
                            .formatted(question.feed().table()),
                    "Nothing to do, unless Microsoft Defender for Identity should be filling it: then check that its sensors are deployed. Gatehouse looks again every day.");
        }
        if (body.says("exceeded the allowed result size")) {
            return tooBig();
        }
        if (body.says("exceeded the timeout period")) {
            return with(
                    Trouble.TIMED_OUT,
                    "The hunting query for %s took too long. %s".formatted(feedName(), body.quote()),
                    "Nothing to do: Gatehouse asks for less at once.");
        }
        if (isPreempted()) {
            return with(
                    Trouble.TOO_HEAVY,
                    "The hunting query for %s was too heavy for Microsoft. %s".formatted(feedName(), body.quote()),
                    "Nothing to do: Gatehouse asks for shorter stretches of time.");
        }
        if (body.says("Top query has been exceeded")) {
            return with(
                    Trouble.REQUEST_REFUSED,
                    "The page size for %s is larger than Microsoft allows. %s".formatted(feedName(), body.quote()),
                    "Set gatehouse.poll.page-size to a smaller number in Gatehouse's configuration.");
        }
        return refused();
    }

    private Diagnosis refused() {
        return with(
                Trouble.REQUEST_REFUSED,
                "Microsoft Graph refused the request for %s, for a reason that is not known to us. %s"
                        .formatted(feedName(), body.quote()),
                "Read Microsoft's words. If they name nothing that can be mended in the tenant, report it with the code and the request id.");
    }

    private Diagnosis tooBig() {
        return with(
                Trouble.TOO_BIG,
                "The answer for %s would be larger than Microsoft sends at once. %s"
                        .formatted(feedName(), body.quote()),
                "Nothing to do: Gatehouse asks for less at once.");
    }

    private Diagnosis unauthorized() {
        return with(
                Trouble.REQUEST_REFUSED,
                "Microsoft Graph refused the token, and a fresh one too, for a reason that is not known to us. "
                        + body.quote(),
                "Read Microsoft's words. An administrator of the tenant can see in %s whether the application is enabled; if it is, report it with the code and the request id."
                        .formatted(Portal.PROPERTIES));
    }

    /** Nothing but the status says no, and what the token carries. */
    private Diagnosis forbidden() {
        var wanted = question.feed().permission();
        if (question.roles().isEmpty()) {
            return with(
                    Trouble.REQUEST_REFUSED,
                    "Microsoft Graph does not let the application read %s, for a reason that is not known to us; which permissions its token carries cannot be seen. %s"
                            .formatted(feedName(), body.quote()),
                    "An administrator of the tenant can see in %s whether %s was granted. If it was, check that Microsoft Defender for Identity is licensed and set up, and report it with the code and the request id."
                            .formatted(Portal.PERMISSIONS, wanted));
        }
        var granted = question.roles().get();
        if (granted.contains(wanted)) {
            return with(
                    Trouble.REQUEST_REFUSED,
                    "Microsoft Graph does not let the application read %s although its token carries %s, for a reason that is not known to us. %s"
                            .formatted(feedName(), wanted, body.quote()),
                    "Read Microsoft's words. An administrator of the tenant can check that Microsoft Defender for Identity is licensed and set up; if it is, report it with the code and the request id.");
        }
        return granted.isEmpty() ? noConsent() : missing(wanted, granted);
    }

    /**
     * Graph says itself which roles it wants and which it sees. It may not see those yet that are in the token: what was
     * granted a moment ago reaches its servers one after the other.
     */
    private Diagnosis missingRoles(Set<String> required, Set<String> seen) {
        var carried = question.roles().orElse(Set.of());
        var unseen = carried.stream()
                .filter(required::contains)
                .filter(role -> !seen.contains(role))
                .sorted()
                .toList();
        if (!unseen.isEmpty()) {
            return with(
                    Trouble.PERMISSION_PENDING,
                    "The application's token carries %s, which Microsoft Graph does not see yet for %s."
                            .formatted(String.join(", ", unseen), feedName()),
                    "Nothing to do: Gatehouse takes a new token each time and asks again. A permission that was just granted works everywhere within an hour or so.");
        }
        var granted = new TreeSet<>(seen);
        granted.addAll(carried);
        if (granted.isEmpty()) {
            return noConsent();
        }
        var wanted = question.feed().permission();
        return missing(
                required.isEmpty() || required.contains(wanted)
                        ? wanted
                        : required.iterator().next(),
                granted);
    }

    private Diagnosis noConsent() {
        return with(
                Trouble.CONSENT_MISSING,
                "The application may read nothing: its token carries no application permission.",
                "A Global Administrator or Privileged Role Administrator has to select Grant admin consent in %s, after the permissions of the setup guide were added there as application permissions."
                        .formatted(Portal.PERMISSIONS));
    }

    private Diagnosis missing(String permission, Set<String> granted) {
        return with(
                Trouble.PERMISSION_MISSING,
                "The application may not read %s: permission %s is missing. It has %s."
                        .formatted(feedName(), permission, String.join(", ", new TreeSet<>(granted))),
                "Add %s as an application permission of Microsoft Graph in %s, and have a Global Administrator or Privileged Role Administrator select Grant admin consent."
                        .formatted(permission, Portal.PERMISSIONS));
    }

    private Diagnosis noLicense(String why) {
        return with(
                Trouble.LICENSE_MISSING,
                "The tenant may not use %s. %s".formatted(feedName(), why),
                "An administrator of the tenant has to check that Microsoft Defender for Identity is licensed and set up (Microsoft 365 admin center > Billing > Licenses).");
    }

    private static Set<String> split(String roles) {
        return Arrays.stream(roles.split(",", -1))
                .map(String::strip)
                .filter(role -> !role.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private boolean isAllotmentSpent() {
        return body.says("processing resources") || (answer.status() == 429 && body.says("CPU"));
    }

    private Diagnosis throttled() {
        if (isAllotmentSpent()) {
            var pause = RetryAfter.ofHuntingAllotment(answer, body.message());
            return with(
                    Trouble.THROTTLED,
                    "The tenant has used up its hunting allotment, which the portal and custom detections share. It is refilled every quarter hour.",
                    "Nothing to do. If it happens often, raise gatehouse.poll.hunting-interval, or see what else hunts in this tenant.",
                    Optional.of(pause));
        }
        return with(
                Trouble.THROTTLED,
                "Microsoft Graph takes no more requests for %s for now. %s".formatted(feedName(), body.quote()),
                "Nothing to do: Gatehouse waits at least as long as Microsoft asks, with all that would ask the same of this tenant.");
    }

    private Diagnosis redirected() {
        var target = answer.headers()
                .first("Location")
                .map(GraphDiagnosis::hostOf)
                .map(" to %s"::formatted)
                .orElse("");
        return with(
                Trouble.UNREADABLE_ANSWER,
                "%s sends us elsewhere%s (status %d). Gatehouse does not follow, so that the token does not leak."
                        .formatted(graphHost(), target, answer.status()),
                "Check whether a proxy or a sign-in page of the network stands in between, and the cloud's Graph address.");
    }

    private static String hostOf(String location) {
        try {
            var host = URI.create(location).getHost();
            return host == null ? "another path" : host;
        } catch (IllegalArgumentException e) {
            return "an address that cannot be read";
        }
    }

    private String feedName() {
        return subject;
    }

    private String graphHost() {
        return question.cloud().graph().getHost();
    }

    private Diagnosis with(Trouble trouble, String cause, String cure) {
        return with(trouble, cause, cure, RetryAfter.of(answer));
    }

    private Diagnosis with(Trouble trouble, String cause, String cure, Optional<Duration> retryAfter) {
        return new Diagnosis(
                trouble, cause, cure, body.code(), OptionalInt.of(answer.status()), body.requestId(), retryAfter);
    }
}
