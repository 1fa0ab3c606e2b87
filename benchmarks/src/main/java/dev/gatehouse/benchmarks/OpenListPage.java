package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/**
 * A list that somebody has open: it does what {@code gatehouse.js} does in a browser. It listens to what changes, asks for
 * the rows again after a second at the earliest and the later the longer an answer takes, and sends along which ones it has.
 */
final class OpenListPage implements AutoCloseable {

    private static final Pattern KEY = Pattern.compile("data-key=\"([0-9a-f-]{36})\"");
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int SHARE = 20;

    private final Visitor visitor;
    private final String address;
    private final String region;
    private final Map<String, Instant> seen = new ConcurrentHashMap<>();
    private final Semaphore changes = new Semaphore(0);
    private final Thread listener;
    private final Thread asker;
    private Duration pause = SHORTEST_PAUSE;
    private Optional<String> tag = Optional.empty();

    /**
     * Opens a list.
     *
     * @param region the part of the page that is asked for again
     * @param topic whose changes it listens to
     */
    OpenListPage(Visitor visitor, String address, String region, String topic)
            throws IOException, InterruptedException {
        this.visitor = visitor;
        this.address = address;
        this.region = region;
        ask();
        listener = Thread.ofVirtual()
                .start(() -> goOn(() -> visitor.listen("/live", event -> {
                    if (event.equals(topic)) {
                        changes.release();
                    }
                })));
        asker = Thread.ofVirtual()
                .start(() -> goOn(() -> {
                    changes.acquire();
                    changes.drainPermits();
                    ask();
                    Thread.sleep(pause);
                }));
    }

    /** When each row was first on the page, by its id. */
    Map<String, Instant> seen() {
        return Map.copyOf(seen);
    }

    /** A step of what is done until the page is closed. */
    private interface Step {

        void go() throws IOException, InterruptedException;
    }

    private static void goOn(Step step) {
        try {
            while (!Thread.interrupted()) {
                step.go();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The Workbench has ended, or the page was closed; what it saw before counts.
            Thread.currentThread().interrupt();
        }
    }

    private void ask() throws IOException, InterruptedException {
        var answer = visitor.askAgain(address, region, tag);
        pause = Duration.ofNanos(Math.clamp(SHARE * answer.nanos(), SHORTEST_PAUSE.toNanos(), LONGEST_PAUSE.toNanos()));
        if (answer.status() != 200) {
            return;
        }
        tag = answer.tag();
        var now = Instant.now();
        var keys = KEY.matcher(answer.text());
        while (keys.find()) {
            seen.putIfAbsent(keys.group(1), now);
        }
    }

    @Override
    public void close() {
        listener.interrupt();
        asker.interrupt();
    }
}
