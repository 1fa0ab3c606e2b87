package dev.gatehouse.workbench.context;

import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is wrong with what somebody typed about a label. */
final class LabelChecks {

    static final int LONGEST_TITLE = 100;
    static final int LONGEST_REASON = 2_000;
    static final int LONGEST_VALUE = 300;
    static final int MOST_VALUES = 2_000;

    private LabelChecks() {}

    /**
     * What it comes to.
     *
     * @param known when the label ends by now, which need not lie ahead; empty for a new one
     * @throws InvalidFields when anything is wrong
     */
    static LabelTerms require(LabelDraft draft, Optional<Instant> known, Instant now) {
        var problems = new ArrayList<FieldProblem>();
        if (draft.title().isEmpty() || draft.title().length() > LONGEST_TITLE) {
            problems.add(FieldProblem.error(
                    "title", "Say what they are called, in at most %d letters.".formatted(LONGEST_TITLE)));
        }
        if (draft.title().contains("\"") || draft.title().contains("\\")) {
            problems.add(FieldProblem.error(
                    "title", "Conditions name it in quotation marks, so it has none and no backslash itself."));
        }
        if (draft.reason().isEmpty() || draft.reason().length() > LONGEST_REASON) {
            problems.add(FieldProblem.error(
                    "reason", "Say why they have this label, in at most %,d letters.".formatted(LONGEST_REASON)));
        }
        var values = values(draft, problems);
        var ends = ends(draft.ends(), known, now, problems);
        if (!problems.isEmpty()) {
            throw new InvalidFields(problems);
        }
        return new LabelTerms(draft.title(), draft.reason(), values, ends);
    }

    private static Map<ValueKind, List<String>> values(LabelDraft draft, List<FieldProblem> problems) {
        var values = new EnumMap<ValueKind, List<String>>(ValueKind.class);
        draft.values().forEach((kind, typed) -> {
            var some = new LinkedHashSet<String>();
            for (var value : typed) {
                read(kind, value)
                        .ifPresentOrElse(
                                some::add,
                                () -> problems.add(FieldProblem.error(
                                        kind.key(), "“%s” is none. %s".formatted(brief(value), kind.says()))));
            }
            values.put(kind, some.stream().sorted().toList());
        });
        var count = values.values().stream().mapToInt(List::size).sum();
        if (count > MOST_VALUES) {
            problems.add(FieldProblem.error(
                    first(draft).key(), "A label has at most %,d values; make two of it.".formatted(MOST_VALUES)));
        }
        if (count == 0 && problems.isEmpty()) {
            problems.add(FieldProblem.error(
                    ValueKind.USERNAME.key(), "Name at least one account, host, address or block of addresses."));
        }
        return values;
    }

    private static ValueKind first(LabelDraft draft) {
        return draft.values().keySet().iterator().next();
    }

    private static String brief(String value) {
        return value.length() > 60 ? value.substring(0, 60) + "…" : value;
    }

    private static Optional<String> read(ValueKind kind, String value) {
        var lower = value.toLowerCase(Locale.ROOT);
        if (value.length() > LONGEST_VALUE) {
            return Optional.empty();
        }
        return switch (kind) {
            case USERNAME -> Optional.of(lower);
            case HOSTNAME -> Optional.of(lower).filter(name -> name.matches("[^\\s/\\\\]+"));
            case IP_ADDRESS -> address(lower).map(InetAddress::getHostAddress);
            case CIDR_BLOCK -> block(lower);
        };
    }

    private static Optional<InetAddress> address(String text) {
        // Zones belong to a machine and mean nothing elsewhere.
        if (!text.matches("[0-9a-f:.]+") || !(text.contains(".") || text.contains(":"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** With the bits beyond the prefix taken away: {@code 10.1.2.3/16} is {@code 10.1.0.0/16}. */
    private static Optional<String> block(String text) {
        var slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
            return Optional.empty();
        }
        var length = Integer.parseInt(text.substring(slash + 1));
        return address(text.substring(0, slash))
                .map(InetAddress::getAddress)
                .filter(bytes -> length <= bytes.length * 8)
                .map(bytes -> network(bytes, length) + "/" + length);
    }

    private static String network(byte[] bytes, int length) {
        for (var bit = length; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("An address has 4 or 16 bytes", e);
        }
    }

    /**
     * When something ends.
     *
     * @param known when it does by now, which need not lie ahead
     */
    static Optional<Instant> ends(String typed, Optional<Instant> known, Instant now, List<FieldProblem> problems) {
        var ends = moment(typed, problems);
        if (ends.isPresent() && !ends.get().isAfter(now) && !ends.equals(known)) {
            problems.add(FieldProblem.error("ends_at", "That is over already. Enter a day to come."));
        }
        return ends;
    }

    private static Optional<Instant> moment(String typed, List<FieldProblem> problems) {
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    typed.contains("T")
                            ? OffsetDateTime.parse(typed).toInstant()
                            : LocalDate.parse(typed).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            problems.add(FieldProblem.error(
                    "ends_at", "'%s' is no day. Enter one like 2026-12-31, in UTC.".formatted(brief(typed))));
            return Optional.empty();
        }
    }
}
