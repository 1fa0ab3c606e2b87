package dev.gatehouse.workbench.web.live;

import dev.gatehouse.workbench.processes.Background;
import dev.gatehouse.workbench.processes.ProcessMessages;
import dev.gatehouse.workbench.processes.ProcessMessages.Heard;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Collects what has changed and tells every open page of it once a second, however much has changed. When nothing
 * happens it gives a sign of life every 15 seconds, so that proxies keep the connection and dead ones are noticed.
 */
@Component
public class Broadcast implements SmartLifecycle {

    /** What it is called between processes. */
    private static final String ABOUT = "live";

    static final int MOST_READERS = 500;

    /** As many as a browser opens to one host over HTTP/1.1. */
    static final int MOST_READERS_OF_SESSION = 6;

    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final int BEATS_TO_SIGN_OF_LIFE = 15;

    /** Pages come back by themselves; ending them now and then lets a signed-out one go. */
    private static final Duration LONGEST_CONNECTION = Duration.ofMinutes(30);

    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private final EnumSet<Topic> changed = EnumSet.noneOf(Topic.class);
    private final EnumSet<Topic> changedHere = EnumSet.noneOf(Topic.class);
    private final Executor executor;
    private final Consumer<Set<Topic>> elsewhere;
    private int quietBeats;
    private long opened;
    private final Supplier<Background> background;
    private Background.@Nullable Kept drummer;

    @Autowired
    Broadcast(ProcessMessages telegraph, Background background) {
        this(
                command -> background.once("Telling an open page", command),
                topics -> telegraph.tell(ABOUT, text(topics)),
                () -> background);
    }

    /**
     * With an executor of one's own, for tests that want everything sent before they look.
     *
     * @param elsewhere tells the other processes what has changed here
     */
    Broadcast(Executor executor, Consumer<Set<Topic>> elsewhere) {
        this(executor, elsewhere, () -> {
            throw new IllegalStateException("Whoever gives an executor beats by hand");
        });
    }

    private Broadcast(Executor executor, Consumer<Set<Topic>> elsewhere, Supplier<Background> background) {
        this.executor = executor;
        this.elsewhere = elsewhere;
        this.background = background;
    }

    private static String text(Set<Topic> topics) {
        return topics.stream().map(Topic::key).collect(Collectors.joining(","));
    }

    /** Notes that a topic has changed. Cheap and never blocks; call it after the commit. */
    public void changed(Topic topic) {
        synchronized (changed) {
            changed.add(topic);
            changedHere.add(topic);
        }
    }

    /** Pages here show what other processes store, too. */
    @EventListener
    void hear(Heard heard) {
        if (heard.about().equals(ABOUT)) {
            var topics = Set.of(heard.text().split(","));
            synchronized (changed) {
                Arrays.stream(Topic.values())
                        .filter(topic -> topics.contains(topic.key()))
                        .forEach(changed::add);
            }
        }
    }

    /**
     * Opens a stream for one more page. When its session has as many as it may, the oldest of them ends: mostly that is of
     * a page that somebody has left and whose connection was not found dead yet. An open page comes back by itself.
     *
     * @return empty when there are too many already, of all sessions
     */
    synchronized Optional<SseEmitter> open(String session) {
        var ofSession = readers.stream()
                .filter(reader -> reader.session().equals(session))
                .sorted(Comparator.comparingLong(Reader::number))
                .toList();
        if (ofSession.size() >= MOST_READERS_OF_SESSION) {
            var oldest = ofSession.getFirst();
            readers.remove(oldest);
            // A page that reads too slowly must not delay the one that comes.
            executor.execute(oldest::end);
        }
        if (readers.size() >= MOST_READERS) {
            return Optional.empty();
        }
        var emitter = new SseEmitter(LONGEST_CONNECTION.toMillis());
        var reader = new Reader(emitter, executor, session, opened++);
        emitter.onCompletion(() -> readers.remove(reader));
        emitter.onTimeout(emitter::complete);
        emitter.onError(failure -> readers.remove(reader));
        readers.add(reader);
        // The first bytes tell the page that the stream is open.
        reader.tell(Set.of());
        return Optional.of(emitter);
    }

    int readers() {
        return readers.size();
    }

    /** Tells everybody what has changed since the last beat. */
    void beat() {
        var here = take(changedHere);
        if (!here.isEmpty()) {
            executor.execute(() -> elsewhere.accept(here));
        }
        var news = take(changed);
        quietBeats = news.isEmpty() ? quietBeats + 1 : 0;
        if (news.isEmpty() && quietBeats < BEATS_TO_SIGN_OF_LIFE) {
            return;
        }
        quietBeats = 0;
        readers.forEach(reader -> reader.tell(news));
    }

    private Set<Topic> take(EnumSet<Topic> pending) {
        synchronized (changed) {
            var taken = EnumSet.copyOf(pending);
            pending.clear();
            return taken;
        }
    }

    @Override
    public synchronized void start() {
        drummer = background.get().keep("Telling open pages what has changed", this::drum);
    }

    private void drum() throws InterruptedException {
        while (true) {
            Thread.sleep(BEAT);
            beat();
        }
    }

    /** Ends all streams; this runs before the web server waits for open requests to finish. */
    @Override
    public synchronized void stop() {
        if (drummer != null) {
            drummer.stop();
            drummer = null;
        }
        readers.forEach(Reader::end);
    }

    @Override
    public synchronized boolean isRunning() {
        return drummer != null;
    }
}
