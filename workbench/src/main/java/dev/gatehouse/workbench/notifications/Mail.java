package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.notifications.Receipt.Refused;
import dev.gatehouse.workbench.notifications.Receipt.RefusedForGood;
import dev.gatehouse.workbench.notifications.Receipt.Taken;
import dev.gatehouse.workbench.platform.settings.Settings;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.OptionalInt;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.springframework.stereotype.Component;

/** Sends messages by e-mail, over the mail server that the operator has named. */
@Component
public class Mail {

    /** What to say where e-mail would be a choice. */
    public static final String MISSING =
            "E-mail is not set up. Whoever runs Gatehouse names a mail server with gatehouse.notifications.mail.host.";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Settings.Mail settings;
    private final TrustedAuthorities trusted;

    Mail(Settings settings, TrustedAuthorities trusted) {
        this.settings = settings.notifications().mail();
        this.trusted = trusted;
    }

    /** Whether there is a mail server. */
    public boolean isThere() {
        return !settings.host().isEmpty();
    }

    /**
     * Sends a message once.
     *
     * @param to an e-mail address
     */
    Receipt send(String to, Message message) {
        if (!isThere()) {
            return new Refused(OptionalInt.empty(), MISSING);
        }
        try {
            Transport.send(written(to, message));
            return new Taken(OptionalInt.empty());
        } catch (MessagingException e) {
            return refused(to, e);
        }
    }

    private Receipt refused(String to, MessagingException thrown) {
        for (Exception cause = thrown;
                cause != null;
                cause = cause instanceof MessagingException e ? e.getNextException() : null) {
            var code = code(cause);
            if (code.isPresent()) {
                var words = "The mail server %s refused the message to %s: %s"
                        .formatted(
                                settings.host(),
                                to,
                                String.valueOf(cause.getMessage()).strip());
                // Permanent failures begin with 5. Source: RFC 5321, 4.2.1.
                return code.getAsInt() / 100 == 5 ? new RefusedForGood(code, words) : new Refused(code, words);
            }
        }
        return new Refused(
                OptionalInt.empty(),
                "The mail server %s could not be used: %s"
                        .formatted(
                                settings.host(),
                                String.valueOf(thrown.getMessage()).strip()));
    }

    private static OptionalInt code(Exception thrown) {
        return switch (thrown) {
            case SMTPAddressFailedException e -> OptionalInt.of(e.getReturnCode());
            case SMTPSendFailedException e -> OptionalInt.of(e.getReturnCode());
            default -> OptionalInt.empty();
        };
    }

    private MimeMessage written(String to, Message message) throws MessagingException {
        var mail = new Identified(session(), message);
        mail.setFrom(new InternetAddress(settings.from()));
        mail.setRecipient(jakarta.mail.Message.RecipientType.TO, new InternetAddress(to));
        mail.setSubject(line(message.summary()), StandardCharsets.UTF_8.name());
        mail.setSentDate(Date.from(message.at()));
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setText(text(message), StandardCharsets.UTF_8.name());
        return mail;
    }

    private static String line(String text) {
        var line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }

    private static String text(Message message) {
        return """
                %s

                Organization: %s
                Time: %s
                %s
                You get this because the notification rule "%s" says so.
                """.formatted(
                        line(message.summary()),
                        message.organization(),
                        message.at(),
                        message.link().isEmpty() ? "" : message.link() + "\n",
                        message.rule());
    }

    /** The same message has the same id, however often it is sent, so that a mailbox can show it once. */
    private static final class Identified extends MimeMessage {

        private final String id;

        Identified(Session session, Message message) {
            super(session);
            this.id = "<%s@gatehouse>".formatted(message.id());
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    private Session session() {
        var properties = new Properties();
        var protocol = settings.security() == Settings.MailSecurity.TLS ? "smtps" : "smtp";
        var prefix = "mail.%s.".formatted(protocol);
        properties.put("mail.transport.protocol", protocol);
        properties.put("mail.transport.protocol.rfc822", protocol);
        properties.put(prefix + "host", settings.host());
        properties.put(prefix + "port", String.valueOf(settings.port()));
        properties.put(prefix + "connectiontimeout", String.valueOf(PATIENCE.toMillis()));
        properties.put(prefix + "timeout", String.valueOf(PATIENCE.toMillis()));
        properties.put(prefix + "writetimeout", String.valueOf(PATIENCE.toMillis()));
        properties.put(prefix + "ssl.checkserveridentity", "true");
        properties.put(prefix + "ssl.socketFactory", trusted.tls().getSocketFactory());
        var needsTls = String.valueOf(settings.security() == Settings.MailSecurity.STARTTLS);
        properties.put(prefix + "starttls.enable", needsTls);
        properties.put(prefix + "starttls.required", needsTls);
        if (settings.username().isEmpty()) {
            return Session.getInstance(properties);
        }
        properties.put(prefix + "auth", "true");
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(settings.username(), settings.password());
            }
        });
    }
}
