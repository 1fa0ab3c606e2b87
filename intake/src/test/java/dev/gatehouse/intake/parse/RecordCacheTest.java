package dev.gatehouse.intake.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.Original;
import dev.gatehouse.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RecordCacheTest {

    private static final TenantId CONTOSO = tenant(1);
    private static final TenantId FABRIKAM = tenant(2);

    @Test
    void findsARecordByTheSameBytesOfTheSameTenantAndFeed() {
        var cache = new RecordCache<String>(1_000);
        cache.put(key(CONTOSO, Feed.ALERTS, "{\"id\":\"a1\"}"), "a1");

        assertThat(cache.find(key(CONTOSO, Feed.ALERTS, "{\"id\":\"a1\"}"))).contains("a1");
        assertThat(cache.find(key(CONTOSO, Feed.ALERTS, "{\"id\":\"a2\"}"))).isEmpty();
        assertThat(cache.find(key(CONTOSO, Feed.ALERTS, "{\"id\": \"a1\"}"))).isEmpty();
        assertThat(cache.find(key(FABRIKAM, Feed.ALERTS, "{\"id\":\"a1\"}"))).isEmpty();
        assertThat(cache.find(key(CONTOSO, Feed.INCIDENTS, "{\"id\":\"a1\"}"))).isEmpty();
    }

    @Test
    void forgetsWhatWasUsedLeastRecentlyAndNeverHoldsMore() {
        // Two in each part.
        var cache = new RecordCache<Integer>(128);
        var first = key(0);
        cache.put(first, 0);
        for (var number = 1; number < 5_000; number++) {
            cache.put(key(number), number);
            assertThat(cache.find(first)).as("used before %d came", number).contains(0);
        }

        assertThat(cache.size()).isEqualTo(128);
        assertThat(cache.find(key(1))).isEmpty();
    }

    @Test
    void keepsWhatIsLookedForAmongManyThatAreNot() {
        var cache = new RecordCache<Integer>(64 * 20);
        for (var number = 0; number < 100; number++) {
            cache.put(key(number), number);
        }
        for (var other = 1_000; other < 50_000; other++) {
            cache.put(key(other), other);
            if (other % 100 == 0) {
                for (var number = 0; number < 100; number++) {
                    assertThat(cache.find(key(number))).contains(number);
                }
            }
        }
    }

    @Test
    void forgetsNothingForWhatIsOnlyToFillIt() {
        var cache = new RecordCache<Integer>(64);
        for (var number = 0; number < 5_000; number++) {
            cache.put(key(number), number);
        }
        var last = key(4_999);

        for (var number = 5_000; number < 10_000; number++) {
            cache.putIfThereIsRoom(key(number), number);
            assertThat(cache.find(key(number))).isEmpty();
        }

        assertThat(cache.find(last)).contains(4_999);
        var empty = new RecordCache<Integer>(64);
        empty.putIfThereIsRoom(last, 1);
        assertThat(empty.find(last)).contains(1);
    }

    @Test
    void holdsNothingWhenItIsToHoldNothing() {
        var cache = new RecordCache<Integer>(0);

        cache.put(key(1), 1);
        cache.putIfThereIsRoom(key(2), 2);

        assertThat(cache.size()).isZero();
    }

    @Test
    void givesEachOfManyThreadsWhatBelongsToTheBytes() throws Exception {
        var cache = new RecordCache<Integer>(640);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (var thread = 0; thread < 32; thread++) {
                var random = new Random(thread);
                running.add(threads.submit(() -> {
                    for (var turn = 0; turn < 5_000; turn++) {
                        var number = random.nextInt(2_000);
                        var found = cache.find(key(number));
                        assertThat(found.orElse(number)).isEqualTo(number);
                        cache.put(key(number), number);
                    }
                }));
            }
            for (var one : running) {
                one.get();
            }
        }

        assertThat(cache.size()).isLessThanOrEqualTo(640);
    }

    private static RecordCache.Key key(int number) {
        return key(CONTOSO, Feed.ALERTS, "{\"id\":\"%d\"}".formatted(number));
    }

    private static RecordCache.Key key(TenantId tenant, Feed feed, String json) {
        return RecordCache.Key.of(tenant, feed, Original.of(json));
    }

    private static TenantId tenant(int number) {
        return new TenantId(new UUID(0, number));
    }
}
