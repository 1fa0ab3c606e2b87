package dev.gatehouse.intake.poll;

import dev.gatehouse.intake.diagnose.Completeness;
import dev.gatehouse.intake.diagnose.GraphDiagnosis;
import dev.gatehouse.intake.diagnose.TransportDiagnosis;
import dev.gatehouse.intake.graph.GraphClient;
import dev.gatehouse.intake.graph.GraphClient.CallOutcome;
import dev.gatehouse.intake.http.Answer;
import dev.gatehouse.intake.http.CloudHttp;
import dev.gatehouse.intake.http.PageMemory;
import dev.gatehouse.intake.signin.AccessToken;
import dev.gatehouse.intake.signin.SignIn;
import dev.gatehouse.model.Connection;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Asks Microsoft Graph for pages. */
public final class GraphPoller implements Poller {

    /** {@code Query option 'Count' is not allowed}, {@code $count is not supported}. */
    private static final Pattern COUNT =
            Pattern.compile("\\$count|\\boption\\W+\\$?count\\b", Pattern.CASE_INSENSITIVE);

    private final GraphClient graph;
    private final InstantSource clock;

    /** Where Graph refused to count. It is asked to again after the next start. */
    private final Set<Uncounted> uncounted = ConcurrentHashMap.newKeySet();

    private record Uncounted(TenantId tenant, Feed feed) {}

    public GraphPoller(CloudHttp http, SignIn signIn, InstantSource clock) {
        this.graph = new GraphClient(http, signIn);
        this.clock = clock;
    }

    @Override
    public PollOutcome poll(Connection connection, Feed feed, Reading reading, PageMemory.Room room)
            throws InterruptedException {
        return new Asking(connection, feed, reading, room).ask();
    }

    private Receipt receiptOfSignIn(Diagnosis signInTrouble) {
        return new Receipt(signInTrouble.requestId(), 0, Duration.ZERO, clock.instant(), Optional.empty(), "");
    }

    /** One page's question, which may take more than one request. */
    private final class Asking {

        private final Connection connection;
        private final Feed feed;
        private final Reading reading;
        private final PageMemory.Room room;
        private String asked = "";

        Asking(Connection connection, Feed feed, Reading reading, PageMemory.Room room) {
            this.connection = connection;
            this.feed = feed;
            this.reading = reading;
            this.room = room;
        }

        PollOutcome ask() throws InterruptedException {
            var isCounted = !uncounted.contains(new Uncounted(connection.tenant(), feed));
            var request = GraphRequests.of(connection.cloud(), feed, reading, isCounted);
            var outcome =
                    graph.call(connection, request.with("Prefer", "include-unknown-enum-members"), room, this::slicer);
            asked = GraphRequests.words(feed, reading, request);
            return switch (outcome) {
                case CallOutcome.NotSignedIn<PageSlicer>(var diagnosis) ->
                    new PollOutcome.Failed(diagnosis, receiptOfSignIn(diagnosis), true);
                case CallOutcome.Broken<PageSlicer>(var broken) ->
                    new PollOutcome.Failed(
                            TransportDiagnosis.of(broken),
                            new Receipt(Optional.empty(), 0, broken.took(), broken.at(), Optional.empty(), asked));
                case CallOutcome.Answered<PageSlicer>(var answer, var token, var slicer) ->
                    answered(answer, slicer, token, isCounted);
            };
        }

        private PageSlicer slicer() {
            return reading.lookup() instanceof Lookup.One
                    ? PageSlicer.ofRecord(room.largestRecord())
                    : PageSlicer.ofList(feed.isHuntingTable() ? "results" : "value", room.largestRecord());
        }

        private PollOutcome answered(Answer answer, PageSlicer slicer, AccessToken token, boolean isCounted)
                throws InterruptedException {
            var question = new GraphDiagnosis.Question(
                    connection.cloud(), feed, token.roles(), reading.link().isPresent());
            if (answer.status() == 200 || answer.status() == 206) {
                return heeding(
                        Completeness.of(answer),
                        reading.lookup() instanceof Lookup.One
                                ? record(answer, slicer, question)
                                : page(answer, slicer, question),
                        answer,
                        question);
            }
            if (answer.status() == 404 && reading.lookup() instanceof Lookup.One) {
                return given(List.of(), answer);
            }
            if (answer.status() == 400 && isCounted && isAboutCount(answer)) {
                uncounted.add(new Uncounted(connection.tenant(), feed));
                return ask();
            }
            return failed(GraphDiagnosis.of(answer, question), answer);
        }

        /** What came is true, whatever else is missing; but only what is whole says how far the feed is read. */
        private PollOutcome heeding(
                Completeness completeness, PollOutcome outcome, Answer answer, GraphDiagnosis.Question question) {
            if (!(outcome instanceof PollOutcome.Page page)) {
                return outcome;
            }
            if (!completeness.isWhole()) {
                return partly(page, GraphDiagnosis.incomplete(answer, question, completeness.words()), answer);
            }
            if (completeness.words().isEmpty()) {
                return page;
            }
            var notice = GraphDiagnosis.warned(answer, question, completeness.words());
            return new PollOutcome.Page(
                    page.records(),
                    page.next(),
                    page.isFull(),
                    page.count(),
                    page.receipt().with(notice));
        }

        private PollOutcome partly(PollOutcome.Page page, Diagnosis diagnosis, Answer answer) {
            return new PollOutcome.Partial(page, failed(diagnosis, answer));
        }

        /** $count is documented for these lists, but its absence costs a few requests only, and a refusal would cost all. */
        private boolean isAboutCount(Answer answer) {
            return !feed.isHuntingTable()
                    && reading.link().isEmpty()
                    && COUNT.matcher(answer.text()).find();
        }

        private PollOutcome record(Answer answer, PageSlicer slicer, GraphDiagnosis.Question question) {
            try {
                return given(slicer.slices().records(), answer);
            } catch (PageSlicer.UnreadablePage e) {
                return failed(GraphDiagnosis.unreadable(answer, question, e.reason()), answer);
            }
        }

        private PollOutcome given(List<Original> record, Answer answer) {
            return new PollOutcome.Page(record, Optional.empty(), false, OptionalLong.empty(), receiptOf(answer));
        }

        private PollOutcome page(Answer answer, PageSlicer slicer, GraphDiagnosis.Question question) {
            PageSlicer.Slices slices;
            try {
                slices = slicer.slices();
            } catch (PageSlicer.UnreadablePage e) {
                return failed(GraphDiagnosis.unreadable(answer, question, e.reason()), answer);
            }
            var next = Optional.<NextLink>empty();
            if (slices.nextLink().isPresent()) {
                var address = LinkText.read(slices.nextLink().get());
                if (address.isEmpty()) {
                    return partly(
                            end(slices, answer),
                            GraphDiagnosis.unreadable(answer, question, "Its link to the next page is no address."),
                            answer);
                }
                if (!connection.cloud().isGraphAddress(address.get())) {
                    return partly(
                            end(slices, answer),
                            GraphDiagnosis.foreignLink(answer, question, hostOf(address.get())),
                            answer);
                }
                next = Optional.of(NextLink.within(connection.cloud(), address.get()));
            }
            var isFull = feed.isHuntingTable()
                    && !(reading.lookup() instanceof Lookup.HourlyCounts)
                    && slices.records().size() >= reading.pageSize();
            return new PollOutcome.Page(slices.records(), next, isFull, slices.count(), receiptOf(answer));
        }

        /** A page whose link cannot be followed. */
        private PollOutcome.Page end(PageSlicer.Slices slices, Answer answer) {
            return new PollOutcome.Page(
                    slices.records(), Optional.empty(), false, OptionalLong.empty(), receiptOf(answer));
        }

        private PollOutcome.Failed failed(Diagnosis diagnosis, Answer answer) {
            return new PollOutcome.Failed(diagnosis, receiptOf(answer));
        }

        private Receipt receiptOf(Answer answer) {
            return new Receipt(
                    answer.headers().first("request-id"),
                    answer.length(),
                    answer.took(),
                    answer.receivedAt(),
                    answer.headers().date(),
                    asked);
        }
    }

    private static String hostOf(URI address) {
        return address.getHost() == null ? "an address without a host" : address.getHost();
    }
}
