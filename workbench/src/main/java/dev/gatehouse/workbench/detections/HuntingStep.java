package dev.gatehouse.workbench.detections;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One hunting query of a runbook. Its text has places for values: {@code {accounts}}, {@code {hosts}}, {@code {addresses}}
 * are lists of KQL literals, {@code {from}} and {@code {to}} are times.
 *
 * @param id unique in its runbook
 * @param question what it answers
 * @param query in KQL, with places
 * @param before how much sooner than the activity it looks
 * @param after how much later than the activity it looks
 * @param sentence what the count of its rows means, with {@code {count}}; empty when nobody said
 */
public record HuntingStep(
        String id, String question, String query, Duration before, Duration after, Optional<String> sentence) {

    static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)}");

    /**
     * The query for an alert.
     *
     * @param parameters what the alert's evidence names
     */
    public RenderedQuery render(HuntingParameters parameters) {
        var text = new StringBuilder();
        var places = PLACE.matcher(query);
        var end = 0;
        while (places.find()) {
            text.append(query, end, places.start());
            end = places.end();
            var values =
                    switch (places.group(1)) {
                        case "accounts" -> texts(parameters.accounts());
                        case "hosts" -> texts(parameters.hosts());
                        case "addresses" -> texts(parameters.addresses());
                        case "from" -> time(parameters.from().minus(before));
                        case "to" -> time(parameters.to().plus(after));
                        default -> places.group();
                    };
            if (values.isEmpty()) {
                return new RenderedQuery.Missing("The query needs %s, and the evidence names none."
                        .formatted(
                                switch (places.group(1)) {
                                    case "accounts" -> "an account";
                                    case "hosts" -> "a host";
                                    default -> "an IP address";
                                }));
            }
            text.append(values);
        }
        return new RenderedQuery.Ready(text.append(query.substring(end)).toString());
    }

    /** What a count of rows means, in the words of the runbook. */
    public Optional<String> sentenceFor(long count) {
        return sentence.map(text -> text.replace("{count}", Long.toString(count)));
    }

    private static String texts(List<String> values) {
        return values.stream().map(HuntingStep::literal).collect(Collectors.joining(", "));
    }

    /**
     * A text as KQL writes it. Whatever could end the literal, or is not shown as itself, is written as an escape; so no
     * name can add to a query, and names are under control of whoever attacks.
     */
    static String literal(String text) {
        var written = new StringBuilder("\"");
        for (var index = 0; index < text.length(); index++) {
            var letter = text.charAt(index);
            if (letter == '"' || letter == '\\') {
                written.append('\\').append(letter);
            } else if (letter < ' ' || (letter > '~' && !Character.isLetterOrDigit(letter))) {
                written.append("\\u%04X".formatted((int) letter));
            } else {
                written.append(letter);
            }
        }
        return written.append('"').toString();
    }

    private static String time(Instant instant) {
        return "datetime(%s)".formatted(instant.truncatedTo(ChronoUnit.MILLIS));
    }
}
