package dev.gatehouse.intake.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.poll.PollOutcome.Page;
import dev.gatehouse.intake.poll.PretendFeed.Count;
import dev.gatehouse.intake.poll.PretendFeed.Links;
import dev.gatehouse.intake.poll.PretendFeed.Manner;
import dev.gatehouse.intake.poll.PretendFeed.Order;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.Trouble;
import dev.gatehouse.model.Window;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProgressTest {

    private static final NextLink A = link("a");
    private static final NextLink B = link("b");
    private static final Reading READING = Reading.of(new Window(at(100), at(200)), 10);

    // Alerts and incidents

    @Test
    void theWindowIsDoneWhenOneAnswerHeldAllOfIt() {
        var progress = after(READING, lastPage(), at(110), at(150));

        assertThat(progress.completeUntil()).isEqualTo(at(200));
        assertThat(progress.rest()).isEmpty();
    }

    @Test
    void anEmptyWindowIsDone() {
        assertThat(after(READING, lastPage()).completeUntil()).isEqualTo(at(200));
    }

    @Test
    void aFullPageProvesNothingWhateverItsOrder() {
        for (var times : List.of(seconds(110, 119), seconds(110, 119).reversed())) {
            var progress = after(READING, pageWith(A), times);

            assertThat(progress.completeUntil()).isEqualTo(at(100));
            assertThat(progress.rest())
                    .hasValueSatisfying(rest -> assertThat(rest.window().from()).isEqualTo(at(100)));
        }
    }

    @Test
    void asksForAsMuchTimeAsFitsOnAPage() {
        var tenTimesTooMuch = after(READING, page(Optional.of(A), OptionalLong.of(100)), mixed(100, 200));

        assertThat(tenTimesTooMuch.rest())
                .hasValueSatisfying(rest -> assertThat(rest.window().length()).isBetween(seconds(3), seconds(10)));
    }

    @Test
    void goesOnBehindAShorterWindowUntilAllThatIsWantedIsHere() {
        var shorter = after(READING, pageWith(A), seconds(110, 119)).rest().orElseThrow();

        var progress = after(shorter, lastPage(), at(111));

        assertThat(progress.completeUntil()).isEqualTo(shorter.window().to());
        assertThat(progress.rest()).hasValueSatisfying(rest -> {
            assertThat(rest.window().from()).isEqualTo(shorter.window().to());
            assertThat(rest.until()).isEqualTo(at(200));
        });
    }

    @Test
    void remembersALengthThatFitsAndLetsItGrowWhereLittleCame() {
        assertThat(after(READING, lastPage(), at(111)).fitting()).contains(seconds(400));
        assertThat(after(READING, lastPage(), seconds(110, 117)).fitting())
                .hasValueSatisfying(length -> assertThat(length).isBetween(seconds(80), seconds(100)));
    }

    @Test
    void neverAsksForLessThanAMillisecondHoweverManyCome() {
        var narrow = Reading.of(new Window(at(100), at(100).plusMillis(2)), 1);

        assertThat(after(narrow, lastPage(), tied(100, 50)).fitting()).contains(Duration.ofMillis(1));
    }

    @Test
    void asksForThePartBeforeAnInstantThatAllOfAPageShares() {
        var progress = after(READING, pageWith(A), tied(150, 10));

        assertThat(progress.rest().map(Reading::window)).contains(new Window(at(100), at(150)));
    }

    @Test
    void looksAtAnInstantAloneAndFollowsLinksOnlyThere() {
        var from150 = Reading.of(new Window(at(150), at(200)), 10);

        var alone = after(from150, pageWith(A), tied(150, 10)).rest().orElseThrow();
        var linked = after(alone, pageWith(A), tied(150, 10)).rest().orElseThrow();

        assertThat(alone.window()).isEqualTo(new Window(at(150), at(150).plusMillis(1)));
        assertThat(alone.link()).isEmpty();
        assertThat(linked.link()).contains(A);
    }

    @Test
    void followsTheLinkOfAnEmptyPage() {
        assertThat(after(READING, pageWith(A)).rest().flatMap(Reading::link)).contains(A);
    }

    @Test
    void oneWalkAlongTheLinksProvesNothingAndTwoThatAgreeDo() {
        var first = after(READING, pageWith(A), at(110));
        var second = after(rest(first), lastPage(), at(120));

        assertThat(second.completeUntil()).isEqualTo(at(100));
        assertThat(rest(second).link()).isEmpty();

        var third = after(rest(second), pageWith(B), at(110));
        var fourth = after(rest(third), lastPage(), at(120));

        assertThat(fourth.completeUntil()).isEqualTo(at(200));
        assertThat(fourth.rest()).isEmpty();
    }

    @Test
    void walksAgainWhenARecordIsThereThatWasNotThereBefore() {
        var walk = walk(READING, List.of(at(110)), List.of(at(120)));

        assertThat(walk(rest(walk), List.of(at(110)), List.of(at(121))).completeUntil())
                .isEqualTo(at(100));
    }

    @Test
    void aWalkThatBringsARecordTwiceProvesNothing() {
        var progress = walk(READING, List.of(at(110)), List.of(at(110)));
        progress = walk(rest(progress), List.of(at(110)), List.of(at(110)));

        assertThat(progress.completeUntil()).isEqualTo(at(100));
        assertThat(progress.rest()).isPresent();
    }

    @Test
    void saysSoWhenWalksNeverAgree() {
        var progress = walk(READING, List.of(at(110)), List.of(at(111)));
        for (var walk = 1; walk < Chain.MOST_WALKS; walk++) {
            progress = walk(rest(progress), List.of(at(110)), List.of(at(111 + walk)));
        }

        assertThat(progress.impasse()).contains(Impasse.NO_AGREEMENT);
        assertThat(progress.rest()).isEmpty();
        assertThat(progress.completeUntil()).isEqualTo(at(100));
    }

    @Test
    void noticesLinksThatLeadInACircle() {
        var first = after(READING, pageWith(A), at(110));
        var second = after(rest(first), pageWith(B), at(120));
        var third = after(rest(second), pageWith(A), at(110));

        assertThat(third.impasse()).contains(Impasse.CIRCLE);
        assertThat(third.completeUntil()).isEqualTo(at(100));
    }

    @Test
    void noticesALinkThatLeadsToItself() {
        assertThat(after(rest(after(READING, pageWith(A))), pageWith(A)).impasse())
                .contains(Impasse.CIRCLE);
    }

    @Test
    void noticesLinksThatNeverEnd() {
        var progress = after(READING, pageWith(link("0")));
        for (var number = 1; progress.rest().isPresent(); number++) {
            progress = after(rest(progress), pageWith(link(Integer.toString(number))));
        }

        assertThat(progress.impasse()).contains(Impasse.ENDLESS);
    }

    @Test
    void saysWhatIsWrongWithThePagesAndThatLessMayHelp() {
        for (var impasse : Impasse.values()) {
            var failure = impasse.failure(Feed.ALERTS, receipt());

            assertThat(failure.diagnosis().trouble()).isEqualTo(Trouble.PAGING_FAILED);
            assertThat(failure.diagnosis().cause())
                    .startsWith("Microsoft Graph's pages of vendor alerts cannot be read");
            assertThat(failure.isEasedByAskingForLess(Feed.ALERTS)).isTrue();
        }
    }

    @Test
    void aFullPageWithoutALinkIsNotAllWhenMicrosoftCountsMore() {
        var progress = after(READING, page(Optional.empty(), OptionalLong.of(11)), seconds(110, 119));

        assertThat(progress.completeUntil()).isEqualTo(at(100));
        assertThat(progress.rest()).isPresent();
    }

    @Test
    void aWindowThatIsShortOfMicrosoftsCountIsAskedForAgainUntilTheCountMustBeWrong() {
        var miscounted = page(Optional.empty(), OptionalLong.of(3));
        var progress = after(READING, miscounted, at(110), at(120));
        for (var walk = 2; walk <= 4; walk++) {
            assertThat(progress.completeUntil()).isEqualTo(at(100));
            progress = after(rest(progress), miscounted, at(110), at(120));
        }

        assertThat(progress.completeUntil()).isEqualTo(at(200));
    }

    @Test
    void recordsOutsideTheWindowCountForNothing() {
        var progress = after(READING, pageWith(A), at(10), at(999));

        assertThat(progress.completeUntil()).isEqualTo(at(100));
        assertThat(rest(progress).chain().map(chain -> chain.walk().records().size()))
                .contains(0);
    }

    /** What the feed had before: the newest made come first, and of them the first two happen to be the last changed. */
    @Test
    void losesNoneOfThreeHundredNewestFirstByOnes() {
        var times = LongStream.concat(LongStream.range(0, 298), LongStream.of(299, 298))
                .toArray();
        var feed = PretendFeed.of(new Manner(Order.NEWEST_FIRST, Links.A_PLACE, Count.ABSENT, 1, false), times);

        feed.pollOnce();

        assertThat(feed.missing()).isZero();
        assertThat(feed.owed()).isEmpty();
    }

    /** The oldest come first, and the first fifty happen to be the last changed. */
    @Test
    void losesNoneOfThreeHundredOldestFirstByFifties() {
        var times = LongStream.concat(LongStream.range(250, 300), LongStream.range(0, 250))
                .toArray();
        var feed = PretendFeed.of(new Manner(Order.OLDEST_FIRST, Links.A_PLACE, Count.ABSENT, 50, false), times);

        feed.pollOnce();

        assertThat(feed.missing()).isZero();
        assertThat(feed.owed()).isEmpty();
    }

    /** What the proof costs: docs/collecting.md states it. */
    @ParameterizedTest
    @EnumSource(
            value = Order.class,
            names = {"HUNTING"},
            mode = EnumSource.Mode.EXCLUDE)
    void aBacklogTakesAboutAThirdMoreRequestsThanFullPages(Order order) {
        var random = new Random(7);
        var times = random.longs(10_000, 0, 180_000).sorted().toArray();
        var feed = PretendFeed.of(new Manner(order, Links.A_PLACE, Count.OF_ALL, 200, false), times)
                .until(180_000);

        feed.pollOnce();

        assertThat(feed.missing()).isZero();
        assertThat(feed.requests() / 50.0)
                .as("requests for each full page: %s", feed.requests() / 50.0)
                .isBetween(1.2, 1.6);
    }

    @Test
    void anIdleFeedTakesOneRequest() {
        var feed = PretendFeed.of(new Manner(Order.NEWEST_FIRST, Links.A_NUMBER, Count.OF_ALL, 200, false), 990, 995);

        feed.pollOnce();

        assertThat(feed.requests()).isOne();
    }

    @Test
    void isNotStoppedByACountThatIsAlwaysTooLarge() {
        var feed = PretendFeed.of(
                new Manner(Order.NEWEST_FIRST, Links.A_NUMBER, Count.OF_TOO_MANY, 50, false),
                LongStream.range(0, 300).toArray());

        feed.pollOnce();

        assertThat(feed.missing()).isZero();
        assertThat(feed.owed()).isEmpty();
    }

    /** In every order, with pages of 1, 2, 3 and 50, short and empty ones, with and without a count, links of each kind. */
    @ParameterizedTest
    @EnumSource(Order.class)
    void losesNothingInWhateverOrderRecordsCome(Order order) {
        for (var seed = 0; seed < 120; seed++) {
            var feed = new PretendFeed(seed, Manner.random(new Random(~seed), order));

            feed.readAndProveThatNothingIsLost();

            // Nothing can be proved of equals that come in another order at each request and are more than a page.
            if (order != Order.RANDOM) {
                assertThat(feed.owed())
                        .as("%s: what was not read in the end", feed)
                        .isEmpty();
            }
        }
    }

    // Hunting tables

    @Test
    void cutsAHuntingTableAtItsLastRowAndAsksAfreshFromThere() {
        var progress = afterRows(READING, at(110), at(150), at(150));

        assertThat(progress.completeUntil()).isEqualTo(at(150));
        assertThat(progress.rest()).contains(Reading.of(new Window(at(150), at(200)), 10));
    }

    @Test
    void doesNotTrustASingleRowToProveTheOrder() {
        assertThat(afterRows(READING, at(190)).completeUntil()).isEqualTo(at(100));
    }

    @Test
    void neverCutsAHuntingTableThatIsNotInOrder() {
        assertThat(afterRows(READING, at(120), at(190), at(130)).completeUntil())
                .isEqualTo(at(100));
    }

    @Test
    void rowsBehindTheWindowDoNotMoveItBeyondItsEnd() {
        var progress = afterRows(READING, at(150), at(999));

        assertThat(progress.completeUntil()).isEqualTo(at(200));
        assertThat(progress.rest()).isEmpty();
    }

    @Test
    void rowsBeforeTheWindowDoNotMoveIt() {
        assertThat(afterRows(READING, at(10), at(20)).completeUntil()).isEqualTo(at(100));
    }

    @Test
    void asksAHuntingTableForTwiceAsMuchWhenAllRowsShareOneTime() {
        assertThat(afterRows(READING, at(150), at(150)).rest()).contains(READING.withPageSize(20));
    }

    @Test
    void asksForNoMoreRowsThanMicrosoftGives() {
        assertThat(afterRows(READING.withPageSize(60_000), at(150), at(150)).rest())
                .contains(READING.withPageSize(100_000));
    }

    @Test
    void stepsOverAnInstantWithMoreRowsThanMicrosoftGivesAndSaysSo() {
        var largest = READING.withPageSize(100_000);

        var progress = afterRows(largest, at(150), at(150));

        var tick = at(150).plusNanos(100);
        assertThat(progress.overfull()).contains(new Window(at(150), tick));
        assertThat(progress.rest()).contains(largest.within(new Window(tick, at(200))));
    }

    @Test
    void asksForHalfTheTimeWhenTheLargestHuntingPageIsNotInOrder() {
        var largest = READING.withPageSize(100_000);

        var progress = afterRows(largest, at(150), at(140));

        assertThat(progress.completeUntil()).isEqualTo(at(100));
        assertThat(progress.rest()).contains(largest.within(READING.window().firstHalf()));
        assertThat(progress.overfull()).isEmpty();
    }

    @Test
    void stepsOverASecondOutOfOrderWithMoreRowsThanMicrosoftGivesAndSaysSo() {
        var second = new Window(at(100), at(100).plusSeconds(1));

        assertThat(afterRows(Reading.of(second, 100_000), at(100), at(100)).overfull())
                .isPresent();
        var progress = afterRows(Reading.of(second, 100_000), at(101), at(100));
        assertThat(progress.completeUntil()).isEqualTo(second.to());
        assertThat(progress.rest()).isEmpty();
        assertThat(progress.overfull()).contains(second);
    }

    private static Progress walk(Reading reading, List<Instant> first, List<Instant> second) {
        var linked = after(reading, pageWith(A), first);
        return after(rest(linked), lastPage(), second);
    }

    private static Reading rest(Progress progress) {
        return progress.rest().orElseThrow();
    }

    private static Progress after(Reading reading, Page page, Instant... times) {
        return after(reading, page, Arrays.asList(times));
    }

    /** Records with different times are different ones; those that share one are told apart by their number. */
    private static Progress after(Reading reading, Page page, List<Instant> times) {
        var seen = IntStream.range(0, times.size())
                .mapToObj(i -> Seen.at(times.get(i) + " " + (isTie(times) ? i : 0), times.get(i)))
                .toList();
        return Progress.after(Feed.ALERTS, reading, page, seen);
    }

    private static boolean isTie(List<Instant> times) {
        return times.stream().distinct().count() < times.size();
    }

    private static Progress afterRows(Reading reading, Instant... times) {
        var page = new Page(List.of(Original.of("{}")), Optional.empty(), true, OptionalLong.empty(), receipt());
        var seen = Stream.of(times).map(time -> Seen.at("row", time)).toList();
        return Progress.after(Feed.LOGON_EVENTS, reading, page, seen);
    }

    private static Page lastPage() {
        return page(Optional.empty(), OptionalLong.empty());
    }

    private static Page pageWith(NextLink link) {
        return page(Optional.of(link), OptionalLong.empty());
    }

    private static Page page(Optional<NextLink> next, OptionalLong count) {
        return new Page(List.of(), next, false, count, receipt());
    }

    private static NextLink link(String token) {
        return NextLink.within(
                Cloud.GLOBAL, URI.create("https://graph.microsoft.com/v1.0/security/alerts_v2?$skiptoken=" + token));
    }

    static Receipt receipt() {
        return new Receipt(Optional.empty(), 0, Duration.ZERO, Instant.EPOCH, Optional.empty(), "");
    }

    /** One record each second. */
    private static List<Instant> seconds(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(ProgressTest::at).toList();
    }

    /** Ten records in no order. */
    private static List<Instant> mixed(long from, long to) {
        var step = (to - from) / 10;
        return Stream.of(3, 7, 1, 9, 0, 4, 8, 2, 6, 5)
                .map(number -> at(from + step * number))
                .toList();
    }

    private static List<Instant> tied(long second, int records) {
        return IntStream.range(0, records).mapToObj(i -> at(second)).toList();
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }
}
