package dev.gatehouse.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.intake.http.PageMemory.NoRoom;
import dev.gatehouse.intake.http.PageMemory.Room;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

@SuppressWarnings({"try", "ThreadPriorityCheck", "NonApiType"}) // rooms are held and not used; threads spin
class PageMemoryTest {

    /** A room of 100 is small enough to share it. */
    private static final int BUDGET = 800;

    private final PageMemory memory = new PageMemory(BUDGET, Duration.ofMinutes(1));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        threads.close();
    }

    @Test
    @SuppressWarnings("try") // the loan is only held
    void countsWhatIsHeldAndLetsItGo() throws Exception {
        try (var room = memory.open()) {
            room.grow(30);
            try (var loan = room.borrowToRead(2)) {
                assertThat(memory.used()).isEqualTo(30 + 32);
            }

            assertThat(memory.used()).isEqualTo(30);
        }
        assertThat(memory.used()).isZero();
    }

    @Test
    void whatFindsNoRoomWaitsUntilThereIsSome() throws Exception {
        var others = fill();
        var last = memory.open();
        var grown = threads.submit(() -> growBy(100, last));
        awaitWaiting(1);

        others.getFirst().close();

        assertThat(grown.get()).isTrue();
        assertThat(memory.waiting()).isZero();
    }

    @Test
    void whoHasBeenHereLongestComesFirst() throws Exception {
        var others = fill();
        var old = memory.open();
        var young = memory.open();
        var first = threads.submit(() -> growBy(60, old));
        awaitWaiting(1);
        var second = threads.submit(() -> growBy(60, young));
        awaitWaiting(2);

        others.getFirst().close();

        assertThat(first.get()).isTrue();
        assertThat(memory.waiting()).isEqualTo(1);
        others.getLast().close();
        assertThat(second.get()).isTrue();
    }

    @Test
    void oneAlwaysGoesOnThoughAllIsTaken() throws Exception {
        var rooms = new ArrayList<Room>();
        for (var at = 0; at < 8; at++) {
            rooms.add(memory.open());
            rooms.getLast().grow(100);
        }

        rooms.getFirst().grow(700);

        assertThat(memory.used()).isEqualTo(BUDGET + 700);
    }

    @Test
    void aSecondLargeOneWaitsForTheFirstWhileSmallOnesGoOn() throws Exception {
        var large = memory.open();
        large.grow(500);
        var alsoLarge = memory.open();
        var grown = threads.submit(() -> growBy(500, alsoLarge));
        awaitWaiting(1);

        try (var small = memory.open()) {
            small.grow(100);
            assertThat(memory.used()).isEqualTo(600);
        }
        large.close();

        assertThat(grown.get()).isTrue();
    }

    @Test
    void whatIsLargerThanAnyMayBeIsRefusedAtOnce() throws Exception {
        try (var room = memory.open()) {
            room.grow(BUDGET);

            assertThatThrownBy(() -> room.grow(1))
                    .isInstanceOfSatisfying(NoRoom.class, refusal -> assertThat(refusal.isForGood())
                            .isTrue());
        }
        assertThat(memory.refused()).isEqualTo(1);
    }

    @Test
    void whoWaitsTooLongGivesUpAndKeepsNobodyElseWaiting() throws Exception {
        var impatient = new PageMemory(BUDGET, Duration.ZERO);
        var large = impatient.open();
        large.grow(500);

        try (var room = impatient.open()) {
            assertThatThrownBy(() -> room.grow(500))
                    .isInstanceOfSatisfying(NoRoom.class, refusal -> assertThat(refusal.isForGood())
                            .isFalse());
        }

        assertThat(impatient.waiting()).isZero();
        assertThat(impatient.used()).isEqualTo(500);
    }

    @Test
    void aWaitThatIsBrokenOffKeepsNobodyElseWaiting() throws Exception {
        var others = fill();
        var stopped = memory.open();
        var first = threads.submit(() -> growBy(100, stopped));
        awaitWaiting(1);
        var young = memory.open();
        others.getFirst().close();
        first.cancel(true);
        stopped.close();

        young.grow(100);

        assertThat(memory.waiting()).isZero();
        assertThat(memory.used()).isEqualTo(BUDGET + 101);
    }

    /** However rooms grow, shrink, wait, fail and end, all end, and never is more held than twice the budget. */
    @RepeatedTest(20)
    void nobodyWaitsForEver(RepetitionInfo repetition) throws Exception {
        var most = new AtomicLong();
        var answers = new ArrayList<Future<Boolean>>();
        for (var answer = 0; answer < 500; answer++) {
            var random = new Random(repetition.getCurrentRepetition() * 1_000L + answer);
            answers.add(threads.submit(() -> live(random, most)));
        }
        if (repetition.getCurrentRepetition() % 2 == 0) {
            answers.stream().filter(answer -> answer.hashCode() % 7 == 0).forEach(answer -> answer.cancel(true));
        }

        for (var answer : answers) {
            if (!answer.isCancelled()) {
                assertThat(answer.get()).isTrue();
            }
        }
        threads.shutdown();
        threads.close();
        assertThat(most.get()).isLessThanOrEqualTo(2L * BUDGET);
        assertThat(memory.used()).isZero();
        assertThat(memory.waiting()).isZero();
    }

    @SuppressWarnings({"try", "ThreadPriorityCheck"}) // loans are only held; yielding makes more interleavings
    private boolean live(Random random, AtomicLong most) throws InterruptedException {
        var size = random.nextInt(4) == 0 ? random.nextInt(BUDGET + 100) : random.nextInt(BUDGET / 8);
        try (var room = memory.open()) {
            while (room.held() < size) {
                room.grow(1 + random.nextInt(40));
                most.accumulateAndGet(memory.used(), Math::max);
                if (random.nextInt(5) == 0) {
                    try (var loan = room.borrowToRead(1 + random.nextInt(5))) {
                        Thread.yield();
                    }
                }
                Thread.yield();
            }
        } catch (NoRoom e) {
            return e.isForGood();
        }
        return true;
    }

    /** Takes all that is shared, and the place beside it, so that one more byte has to wait. */
    private List<Room> fill() throws Exception {
        var rooms = new ArrayList<Room>();
        for (var at = 0; at < 8; at++) {
            rooms.add(memory.open());
            rooms.getLast().grow(100);
        }
        memory.open().grow(101);
        return rooms;
    }

    private static boolean growBy(long bytes, Room room) throws NoRoom, InterruptedException {
        room.grow(bytes);
        return true;
    }

    @SuppressWarnings("ThreadPriorityCheck") // nothing else tells when a thread waits
    private void awaitWaiting(int count) {
        while (memory.waiting() < count) {
            Thread.yield();
        }
    }
}
