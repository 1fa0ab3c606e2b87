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
 * Explains why Graph gave no page.
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
     * @param roles the permissions in the token that was sent
     * @param isBehindLink whether the address was a link of Graph's and not our own
     */
    public record Question(Cloud cloud, Feed feed, Set<String> roles, boolean isBehindLink) {

        public Question {
            roles = Set.copyOf(roles);
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
    public static Diagnosis ofPersonsQuery(Answer answer, Cloud cloud, Set<String> roles) {
        return ofPerson(answer, cloud, roles).personsQuery();
    }

    /**
     * Explains an answer to such a query that should have rows and has none that can be read.
     *
     * @param why what is wrong with it, as a sentence, without quoting it
     */
    public static Diagnosis unreadablePersonsQuery(Answer answer, Cloud cloud, Set<String> roles, String why) {
        return ofPerson(answer, cloud, roles).unreadable(why);
    }

    /** All hunting takes the same permission, so that any table's words serve. */
    private static GraphDiagnosis ofPerson(Answer answer, Cloud cloud, Set<String> roles) {
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

    private Diagnosis byStatus() {
        var status = answer.status();
        if (question.isBehindLink() && (status == 400 || status == 404 || status == 410)) {
            return with(
                    Trouble.MICROSOFT_ERROR,
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
                "Microsoft Graph refused the request for %s. %s".formatted(feedName(), body.quote()),
                "This is likely a fault of Gatehouse or a change at Microsoft: report it with the code and the request id.");
    }

    private Diagnosis tooBig() {
        return with(
                Trouble.TOO_BIG,
                "The answer for %s would be larger than Microsoft sends at once. %s"
                        .formatted(feedName(), body.quote()),
                "Nothing to do: Gatehouse asks for less at once.");
    }

    private Diagnosis unauthorized() {
        var challenge = answer.headers().first("WWW-Authenticate").orElse("");
        if (challenge.contains("insufficient_claims") || challenge.contains("claims=")) {
            return with(
                    Trouble.BLOCKED_BY_POLICY,
                    "Microsoft Graph asks for a new sign-in: Conditional Access, or the application was switched off or deleted.",
                    "An administrator of the tenant has to check %s and %s."
                            .formatted(Portal.CONDITIONAL_ACCESS, Portal.PROPERTIES));
        }
        if (body.says("audience")) {
            return with(
                    Trouble.WRONG_CLOUD,
                    "The Microsoft Graph of cloud %s does not accept tokens of this sign-in address. %s"
                            .formatted(question.cloud().name(), body.quote()),
                    "Choose the cloud that the tenant lives in, and check the cloud's two addresses.");
        }
        return with(
                Trouble.REQUEST_REFUSED,
                "Microsoft Graph refused the token, and a fresh one too. " + body.quote(),
                "An administrator of the tenant has to check that the application is enabled in %s. Check also that the cloud is the tenant's."
                        .formatted(Portal.PROPERTIES));
    }

    private Diagnosis forbidden() {
        var challenge = answer.headers().first("WWW-Authenticate").orElse("");
        if (body.hasCode("insufficient_claims")
                || challenge.contains("insufficient_claims")
                || body.says("insufficient_claims")) {
            return with(
                    Trouble.BLOCKED_BY_POLICY,
                    "Conditional Access keeps the application from reading %s.".formatted(feedName()),
                    "An administrator of the tenant has to exclude the application in %s."
                            .formatted(Portal.CONDITIONAL_ACCESS));
        }
        if (body.says("license") || body.says("licence") || body.says("subscription")) {
            return noLicense(body.quote());
        }
        var match = ROLES.matcher(body.message());
        var isAboutRoles = match.find();
        var required = isAboutRoles ? split(match.group(1)) : Set.<String>of();
        var granted = new TreeSet<>(question.roles());
        if (isAboutRoles) {
            granted.addAll(split(match.group(2)));
        }
        if (granted.isEmpty()) {
            return with(
                    Trouble.CONSENT_MISSING,
                    "The application may read nothing: its token carries no application permission.",
                    "A Global Administrator or Privileged Role Administrator has to select Grant admin consent in %s, after the permissions of the setup guide were added there as application permissions."
                            .formatted(Portal.PERMISSIONS));
        }
        var wanted = question.feed().permission();
        if (granted.contains(wanted) && !isAboutRoles) {
            return noLicense("The token carries %s, and still the answer was no. %s".formatted(wanted, body.quote()));
        }
        var missing = required.isEmpty() || required.contains(wanted)
                ? wanted
                : required.iterator().next();
        return with(
                Trouble.PERMISSION_MISSING,
                "The application may not read %s: permission %s is missing. It has %s."
                        .formatted(feedName(), missing, String.join(", ", granted)),
                "Add %s as an application permission of Microsoft Graph in %s, and have a Global Administrator or Privileged Role Administrator select Grant admin consent."
                        .formatted(missing, Portal.PERMISSIONS));
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

    private Diagnosis throttled() {
        if (body.says("processing resources") || body.says("CPU")) {
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
                "Nothing to do: only this feed of this device waits, as long as Microsoft asks.");
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
