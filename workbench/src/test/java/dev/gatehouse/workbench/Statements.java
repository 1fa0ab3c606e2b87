package dev.gatehouse.workbench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** Listens to what is asked of the database. */
public final class Statements implements AutoCloseable {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);

    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();
    private final Level usual = LOG.getLevel();

    private Statements() {
        heard.start();
        LOG.setLevel(Level.DEBUG);
        LOG.addAppender(heard);
    }

    /** Begins to listen. */
    public static Statements listen() {
        return new Statements();
    }

    /** What was asked since the last time, in order. */
    public List<String> heard() {
        var statements = List.copyOf(heard.list).stream()
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
