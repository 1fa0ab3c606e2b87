package dev.gatehouse.workbench.web.live;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executor;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One open page. A page that reads slowly delays nobody: what it has not heard yet waits here, each topic once. */
final class OpenPage {

    private static final Duration RECONNECT_AFTER = Duration.ofSeconds(3);

    private final SseEmitter emitter;
    private final Executor executor;
    private final String session;
    private final long number;
    private final EnumSet<Topic> pending = EnumSet.noneOf(Topic.class);
    private StreamPosition position = new StreamPosition("", 0);
    private boolean isSending;

    /**
     * A page that has just been opened.
     *
     * @param session whose it is
     * @param number larger than that of all before
     */
    OpenPage(SseEmitter emitter, Executor executor, String session, long number) {
        this.emitter = emitter;
        this.executor = executor;
        this.session = session;
        this.number = number;
    }

    String session() {
        return session;
    }

    long number() {
        return number;
    }

    /**
     * Passes topics on, or a mere sign of life when there are none. Does not wait for the network.
     *
     * @param heard how far the page has heard with them
     */
    synchronized void tell(Set<Topic> topics, StreamPosition heard) {
        pending.addAll(topics);
        position = heard;
        if (!isSending) {
            isSending = true;
            executor.execute(this::send);
        }
    }

    void end() {
        emitter.complete();
    }

    private void send() {
        try {
            var batch = take();
            if (batch.topics().isEmpty()) {
                // A page that hears none of these for long knows that the connection is cut.
                emitter.send(SseEmitter.event()
                        .id(batch.heard().text())
                        .reconnectTime(RECONNECT_AFTER.toMillis())
                        .name("beat")
                        .data("still here"));
            }
            while (!batch.topics().isEmpty()) {
                for (var topics = batch.topics().iterator(); topics.hasNext(); ) {
                    var event = SseEmitter.event();
                    var topic = topics.next();
                    if (!topics.hasNext()) {
                        // A page that is cut off before the last has heard none of them, as far as it can say.
                        event.id(batch.heard().text());
                    }
                    emitter.send(event.name(topic.key()).data("changed"));
                }
                batch = take();
            }
        } catch (IOException | RuntimeException e) {
            // The page is gone, or the container has ended the request; its callback takes this page out of the list.
            // Whatever
            // else it is, the page comes back by itself, and one that nobody sends to would stand still.
            emitter.completeWithError(e);
        }
    }

    /** Takes what is pending. Taking nothing ends the sending; it is decided here so that no topic falls in between. */
    private synchronized Batch take() {
        var taken = EnumSet.copyOf(pending);
        pending.clear();
        isSending = !taken.isEmpty();
        return new Batch(taken, position);
    }

    private record Batch(Set<Topic> topics, StreamPosition heard) {}
}
