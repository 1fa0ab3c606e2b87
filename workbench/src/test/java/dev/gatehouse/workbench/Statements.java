package dev.gatehouse.workbench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Listens to what the thread of a test asks of the database. Loops of the Workbenches that stay up for other tests in
 * this process ask by themselves, and are not heard.
 */
public final class Statements implements AutoCloseable {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);

    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();
    private final Level usual = LOG.getLevel();
    private final String thread = Thread.currentThread().getName();

    private Statements() {
        heard.start();
        LOG.setLevel(Level.DEBUG);
        LOG.addAppender(heard);
    }

    /** Begins to listen to the calling thread. */
    public static Statements listen() {
        return new Statements();
    }

    /** What was asked since the last time, in order. */
    public List<String> heard() {
        var statements = List.copyOf(heard.list).stream()
                .filter(event -> event.getThreadName().equals(thread))
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.startsWith("Executing prepared SQL statement [")
                        || message.startsWith("Executing SQL batch update"))
                .toList();
        heard.list.clear();
        return statements;
    }

    @Override
    public void close() {
        LOG.detachAppender(heard);
        LOG.setLevel(usual);
    }
}
