package dev.gatehouse.workbench.web.live;

import dev.gatehouse.workbench.processes.Background;
import dev.gatehouse.workbench.processes.ProcessMessages;
import dev.gatehouse.workbench.processes.ProcessMessages.Heard;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

    static final int MOST_PAGES = 500;

    /** As many as a browser opens to one host over HTTP/1.1. */
    static final int MOST_PAGES_OF_SESSION = 6;

    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final int BEATS_TO_SIGN_OF_LIFE = 15;

    /** Pages come back by themselves; ending them now and then lets a signed-out one go. */
    private static final Duration LONGEST_CONNECTION = Duration.ofMinutes(30);

    private final Set<OpenPage> pages = ConcurrentHashMap.newKeySet();
    private final EnumSet<Topic> changed = EnumSet.noneOf(Topic.class);
    private final EnumSet<Topic> changedHere = EnumSet.noneOf(Topic.class);
    private final Map<Topic, Long> toldAt = new EnumMap<>(Topic.class);
    private StreamPosition position = new StreamPosition(newName(), 0);
    private final Executor executor;
    private final Consumer<Set<Topic>> elsewhere;
    private int quietBeats;
    private long opened;
    private final Supplier<Background> background;
    private Background.@Nullable Kept beating;

    @Autowired
    Broadcast(ProcessMessages messages, Background background) {
        this(
                command -> background.once("Telling an open page", command),
                topics -> messages.tell(ABOUT, text(topics)),
                () -> background);
    }

    /**
     * With an executor of one's own, for tests that want everything sent before they look.
     *
     * @param elsewhere tells the other processes what has changed here
     */
    Broadcast(Executor executor, Consumer<Set<Topic>> elsewhere) {
        this(executor, elsewhere, () -> {
            throw new IllegalStateException("With an executor of one's own, call beat() yourself");
        });
    }

    private Broadcast(Executor executor, Consumer<Set<Topic>> elsewhere, Supplier<Background> background) {
        this.executor = executor;
        this.elsewhere = elsewhere;
        this.background = background;
    }

    private static String newName() {
        return UUID.randomUUID().toString().substring(0, 8);
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

    /** How far somebody has heard who has heard everything until now. */
    StreamPosition position() {
        synchronized (changed) {
            return position;
        }
    }

    /**
     * Opens a stream for one more page, and tells it first what it has missed since it was made. When its session has as
     * many as it may, the oldest of them ends: mostly that is of a page that somebody has left and whose connection was not
     * found dead yet. An open page comes back by itself.
     *
     * @param session whose it is
     * @param heard up to where the page knows of everything; empty for one that shows nothing yet
     * @return empty when there are too many already, of all sessions
     */
    synchronized Optional<SseEmitter> open(String session, Optional<StreamPosition> heard) {
        var ofSession = pages.stream()
                .filter(page -> page.session().equals(session))
                .sorted(Comparator.comparingLong(OpenPage::number))
                .toList();
        if (ofSession.size() >= MOST_PAGES_OF_SESSION) {
            var oldest = ofSession.getFirst();
            pages.remove(oldest);
            // A page that reads too slowly must not delay the one that comes.
            executor.execute(oldest::end);
        }
        if (pages.size() >= MOST_PAGES) {
            return Optional.empty();
        }
        var emitter = new SseEmitter(LONGEST_CONNECTION.toMillis());
        var page = new OpenPage(emitter, executor, session, opened++);
        emitter.onCompletion(() -> pages.remove(page));
        emitter.onTimeout(emitter::complete);
        emitter.onError(failure -> pages.remove(page));
        // A beat from now on finds the page, and one before counts as missed.
        pages.add(page);
        // In this order: a beat that comes between the two is told by itself.
        var upTo = position();
        var missed = heard.map(this::missedSince).orElse(Set.of());
        // Even when it has missed nothing: the first bytes tell it that the stream is open.
        page.tell(missed, upTo);
        return Optional.of(emitter);
    }

    private Set<Topic> missedSince(StreamPosition heard) {
        synchronized (changed) {
            if (!heard.process().equals(position.process())) {
                return EnumSet.allOf(Topic.class);
            }
            return toldAt.entrySet().stream()
                    .filter(told -> told.getValue() > heard.beat())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    int pages() {
        return pages.size();
    }

    /** Tells everybody what has changed since the last beat. */
    void beat() {
        var here = take(changedHere);
        if (!here.isEmpty()) {
            executor.execute(() -> elsewhere.accept(here));
        }
        var news = takeNews();
        quietBeats = news.isEmpty() ? quietBeats + 1 : 0;
        if (news.isEmpty() && quietBeats < BEATS_TO_SIGN_OF_LIFE) {
            return;
        }
        quietBeats = 0;
        var heard = position();
        pages.forEach(page -> page.tell(news, heard));
    }

    /** What pages are to be told now; from here on it counts as told. */
    private Set<Topic> takeNews() {
        synchronized (changed) {
            var news = take(changed);
            if (!news.isEmpty()) {
                position = new StreamPosition(position.process(), position.beat() + 1);
                news.forEach(topic -> toldAt.put(topic, position.beat()));
            }
            return news;
        }
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
        beating = background.get().keep("Telling open pages what has changed", this::beatForever);
    }

    private void beatForever() throws InterruptedException {
        while (true) {
            Thread.sleep(BEAT);
            beat();
        }
    }

    /** Ends all streams; this runs before the web server waits for open requests to finish. */
    @Override
    public synchronized void stop() {
        if (beating != null) {
            beating.stop();
            beating = null;
        }
        pages.forEach(OpenPage::end);
    }

    @Override
    public synchronized boolean isRunning() {
        return beating != null;
    }
}
