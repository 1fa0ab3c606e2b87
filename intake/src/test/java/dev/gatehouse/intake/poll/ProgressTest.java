package dev.gatehouse.intake.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.intake.poll.PollOutcome.Page;
import dev.gatehouse.model.Cloud;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.Window;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final NextLink LINK = NextLink.within(
            Cloud.GLOBAL, URI.create("https://graph.microsoft.com/v1.0/security/alerts_v2?$skiptoken=1"));
    private static final Reading READING = Reading.of(new Window(at(100), at(200)), 10);

    @Test
    void theWindowIsDoneWhenThereIsNoMore() {
        var progress = Progress.after(READING, lastPage(), times(110, 150));

        assertThat(progress).isEqualTo(new Progress(at(200), Optional.empty(), Optional.empty()));
    }

    @Test
    void anEmptyWindowIsDone() {
        assertThat(Progress.after(READING, lastPage(), List.of()).completeUntil())
                .isEqualTo(at(200));
    }

    @Test
    void cutsAtTheLastRecordAndAsksAfreshFromThere() {
        var progress = Progress.after(READING, pageWithLink(), times(110, 150, 150));

        assertThat(progress.completeUntil()).isEqualTo(at(150));
        assertThat(progress.rest()).contains(Reading.of(new Window(at(150), at(200)), 10));
    }

    @Test
    void followsTheLinkWhenAllRecordsShareOneTime() {
        var progress = Progress.after(READING, pageWithLink(), times(150, 150));

        assertThat(progress.completeUntil()).isEqualTo(at(100));
        assertThat(progress.rest()).contains(READING.behind(LINK, Optional.of(at(150))));
    }

    @Test
    void cutsBehindATieOnceTimeMovesOn() {
        var behind = READING.behind(LINK, Optional.of(at(150)));

        var progress = Progress.after(behind, pageWithLink(), times(150, 160));

        assertThat(progress.rest()).contains(READING.cutAt(at(160)));
    }

    @Test
    void cutsBehindATieWhenTheNextPageIsATieToo() {
        var behind = READING.behind(LINK, Optional.of(at(150)));

        assertThat(Progress.after(behind, pageWithLink(), times(160, 160)).completeUntil())
                .isEqualTo(at(160));
    }

    @Test
    void doesNotTrustASingleRecordToProveTheOrder() {
        var progress = Progress.after(READING, pageWithLink(), times(190));

        assertThat(progress.completeUntil()).isEqualTo(at(100));
    }

    @Test
    void followsTheLinkToTheEndWhenRecordsDoNotComeOldestFirst() {
        var progress = Progress.after(READING, pageWithLink(), times(190, 180));

        assertThat(progress.completeUntil()).isEqualTo(at(100));
        assertThat(progress.rest()).contains(READING.behind(LINK, Optional.empty()));
    }

    @Test
    void neverCutsBehindAPageThatWasNotInOrder() {
        var behind = READING.behind(LINK, Optional.empty());

        var progress = Progress.after(behind, pageWithLink(), times(120, 130));

        assertThat(progress.completeUntil()).isEqualTo(at(100));
        assertThat(progress.rest()).contains(behind);
    }

    @Test
    void neverCutsWhenTheOrderWasNotAskedFor() {
        var unordered = new Page(List.of(), Optional.of(LINK), false, false, receipt());

        assertThat(Progress.after(READING, unordered, times(110, 120)).completeUntil())
                .isEqualTo(at(100));
    }

    @Test
    void noticesThatALaterPageGoesBackInTime() {
        var behind = READING.behind(LINK, Optional.of(at(150)));

        assertThat(Progress.after(behind, pageWithLink(), times(140, 145)).completeUntil())
                .isEqualTo(at(100));
    }

    @Test
    void followsTheLinkOfAnEmptyPage() {
        var progress = Progress.after(READING, pageWithLink(), List.of());

        assertThat(progress.rest()).contains(READING.behind(LINK, Optional.of(Instant.MIN)));
    }

    @Test
    void anEmptyPageSaysNothingAboutTheOrder() {
        var unordered = new Page(List.of(), Optional.of(LINK), false, false, receipt());

        assertThat(Progress.after(READING, unordered, List.of()).rest())
                .contains(READING.behind(LINK, Optional.of(Instant.MIN)));
    }

    @Test
    void recordsBehindTheWindowDoNotMoveItBeyondItsEnd() {
        var progress = Progress.after(READING, pageWithLink(), times(150, 999));

        assertThat(progress).isEqualTo(new Progress(at(200), Optional.empty(), Optional.empty()));
    }

    @Test
    void recordsBeforeTheWindowDoNotMoveIt() {
        assertThat(Progress.after(READING, pageWithLink(), times(10, 20)).completeUntil())
                .isEqualTo(at(100));
    }

    @Test
    void asksAHuntingTableForTwiceAsMuchWhenAllRowsShareOneTime() {
        var progress = Progress.after(READING, fullPage(), times(150, 150));

        assertThat(progress.rest()).contains(READING.withPageSize(20));
    }

    @Test
    void asksForNoMoreRowsThanMicrosoftGives() {
        var large = READING.withPageSize(60_000);

        assertThat(Progress.after(large, fullPage(), times(150, 150)).rest()).contains(READING.withPageSize(100_000));
    }

    @Test
    void stepsOverAnInstantWithMoreRowsThanMicrosoftGivesAndSaysSo() {
        var largest = READING.withPageSize(100_000);

        var progress = Progress.after(largest, fullPage(), times(150, 150));

        assertThat(progress.overfull()).contains(new Window(at(150), at(150).plusNanos(100)));
        assertThat(progress.rest()).contains(largest.cutAt(at(150).plusNanos(100)));
    }

    @Test
    void asksForHalfTheTimeWhenTheLargestHuntingPageIsNotInOrder() {
        var largest = READING.withPageSize(100_000);

        var progress = Progress.after(largest, fullPage(), times(150, 140));

        assertThat(progress)
                .isEqualTo(new Progress(
                        at(100), Optional.of(largest.within(READING.window().firstHalf())), Optional.empty()));
    }

    @Test
    void stepsOverASecondOutOfOrderWithMoreRowsThanMicrosoftGivesAndSaysSo() {
        var second = new Window(at(100), at(100).plusSeconds(1));

        var progress = Progress.after(Reading.of(second, 100_000), fullPage(), times(100, 100));

        assertThat(progress.overfull()).isPresent();
        assertThat(Progress.after(Reading.of(second, 100_000), fullPage(), times(101, 100)))
                .isEqualTo(new Progress(second.to(), Optional.empty(), Optional.of(second)));
    }

    @Test
    void losesNothingInAFeedThatSorts() {
        forManySeeds(seed -> new PretendFeed(seed, PretendFeed.Order.OLDEST_FIRST, true));
    }

    @Test
    void losesNothingInAFeedThatRefusesToSort() {
        forManySeeds(seed -> new PretendFeed(seed, PretendFeed.Order.NEWEST_FIRST, false));
    }

    @Test
    void losesNothingInAFeedThatIgnoresTheOrderAskedFor() {
        forManySeeds(seed -> new PretendFeed(seed, PretendFeed.Order.NEWEST_FIRST, true));
    }

    @Test
    void losesNothingInAHuntingTable() {
        forManySeeds(seed -> new PretendFeed(seed, PretendFeed.Order.HUNTING, true));
    }

    private static void forManySeeds(LongFunction<PretendFeed> feed) {
        LongStream.range(0, 300).mapToObj(feed).forEach(PretendFeed::readAndProveThatNothingIsLost);
    }

    private static Page lastPage() {
        return new Page(List.of(), Optional.empty(), false, true, receipt());
    }

    private static Page pageWithLink() {
        return new Page(List.of(Original.of("{}")), Optional.of(LINK), false, true, receipt());
    }

    private static Page fullPage() {
        return new Page(List.of(Original.of("{}")), Optional.empty(), true, true, receipt());
    }

    static Receipt receipt() {
        return new Receipt(Optional.empty(), 0, Duration.ZERO, Instant.EPOCH, Optional.empty(), "");
    }

    private static List<Instant> times(long... seconds) {
        return Arrays.stream(seconds).mapToObj(ProgressTest::at).toList();
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }
}
