package dev.gatehouse.workbench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Listens to the logger {@code gatehouse.retention}, as far as the thread of a test writes to it. */
public final class RetentionLog implements AutoCloseable {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("gatehouse.retention");

    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();
    private final Level usual = LOG.getLevel();
    private final String thread = Thread.currentThread().getName();

    private RetentionLog() {
        heard.start();
        LOG.setLevel(Level.INFO);
        LOG.addAppender(heard);
    }

    /** Begins to listen to the calling thread. */
    public static RetentionLog listen() {
        return new RetentionLog();
    }

    /** What was written, in order. */
    public List<String> lines() {
        return List.copyOf(heard.list).stream()
                .filter(event -> event.getThreadName().equals(thread))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        LOG.detachAppender(heard);
        LOG.setLevel(usual);
    }
}
