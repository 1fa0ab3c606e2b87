package dev.gatehouse.workbench.context;

import dev.gatehouse.workbench.context.LabelAction.Target;
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
import java.util.UUID;
import java.util.function.Function;

/** What is wrong with what somebody typed about a label. */
final class LabelChecks {

    static final int LONGEST_TITLE = 100;
    static final int LONGEST_REASON = 2_000;
    static final int LONGEST_VALUE = 300;
    static final int MOST_VALUES = 2_000;
    static final int MOST_ACTIONS = 20;
    static final int MOST_RULES = 50;

    private LabelChecks() {}

    /**
     * What it comes to.
     *
     * @param known what the label says by now, of which the end need not lie ahead; empty for a new one
     * @param targets looks up an investigation of the label's organization by its number or id
     * @throws InvalidFields when anything is wrong
     */
    static LabelTerms require(
            LabelDraft draft, Optional<LabelTerms> known, Instant now, Function<String, Optional<Target>> targets) {
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
        var actions = actions(draft, known.map(LabelTerms::actions).orElse(List.of()), targets, problems);
        var ends = ends(draft.ends(), known.flatMap(LabelTerms::ends), now, problems);
        if (!problems.isEmpty()) {
            throw new InvalidFields(problems);
        }
        return new LabelTerms(draft.title(), draft.reason(), values, actions, ends);
    }

    private static List<LabelAction> actions(
            LabelDraft draft,
            List<LabelAction> known,
            Function<String, Optional<Target>> targets,
            List<FieldProblem> problems) {
        if (draft.actions().size() > MOST_ACTIONS) {
            problems.add(FieldProblem.error("actions", "A label has at most %d actions.".formatted(MOST_ACTIONS)));
            return List.of();
        }
        var actions = new ArrayList<LabelAction>();
        for (var typed : draft.actions()) {
            var type = LabelAction.Type.named(typed.type());
            if (type.isEmpty()) {
                problems.add(FieldProblem.error(
                        "actions",
                        "“%s” is no action: it is ALERT_ON, ADD_TO or SUPPRESS.".formatted(brief(typed.type()))));
                continue;
            }
            // One that is there keeps its id; nobody else's is taken over, and none twice.
            var before = typed.id().flatMap(id -> known.stream()
                    .filter(action -> action.id().equals(id))
                    .filter(action ->
                            actions.stream().noneMatch(other -> other.id().equals(id)))
                    .findFirst());
            actions.add(new LabelAction(
                    before.map(LabelAction::id).orElseGet(UUID::randomUUID),
                    type.get(),
                    target(typed, type.get(), before, targets, problems),
                    rules(typed, problems),
                    severities(typed, type.get(), problems)));
        }
        return actions;
    }

    private static Optional<Target> target(
            LabelDraft.TypedAction typed,
            LabelAction.Type type,
            Optional<LabelAction> before,
            Function<String, Optional<Target>> targets,
            List<FieldProblem> problems) {
        if (type != LabelAction.Type.ADD_TO) {
            return Optional.empty();
        }
        // What it led to may be gone by now.
        var found = before.flatMap(LabelAction::investigation)
                .filter(target -> typed.investigation().equals(target.id().toString())
                        || typed.investigation().equals(target.number()))
                .or(() -> typed.investigation().isEmpty() ? Optional.empty() : targets.apply(typed.investigation()));
        if (found.isEmpty()) {
            problems.add(FieldProblem.error(
                    "actions",
                    "ADD_TO needs an investigation of the same organization, by its number such as ACME-12%s."
                            .formatted(
                                    typed.investigation().isEmpty()
                                            ? ""
                                            : "; “%s” is none".formatted(brief(typed.investigation())))));
        }
        return found;
    }

    private static List<String> rules(LabelDraft.TypedAction typed, List<FieldProblem> problems) {
        var rules = typed.rules().stream()
                .map(String::strip)
                .filter(rule -> !rule.isEmpty())
                .distinct()
                .toList();
        rules.stream()
                .filter(rule -> !rule.matches("[a-z0-9][a-z0-9-]{0,199}"))
                .findFirst()
                .ifPresent(rule -> problems.add(FieldProblem.error(
                        "actions",
                        "“%s” is no id of a detection rule, such as suspected-dcsync-attack.".formatted(brief(rule)))));
        if (rules.size() > MOST_RULES) {
            problems.add(FieldProblem.error("actions", "An action names at most %d rules.".formatted(MOST_RULES)));
        }
        return rules;
    }

    private static List<String> severities(
            LabelDraft.TypedAction typed, LabelAction.Type type, List<FieldProblem> problems) {
        var wanted = typed.severities().stream()
                .map(severity -> severity.strip().toUpperCase(Locale.ROOT))
                .filter(severity -> !severity.isEmpty())
                .toList();
        wanted.stream()
                .filter(severity -> !LabelAction.SEVERITIES.contains(severity))
                .findFirst()
                .ifPresent(severity -> problems.add(FieldProblem.error(
                        "actions",
                        "“%s” is no severity: they are %s."
                                .formatted(brief(severity), String.join(", ", LabelAction.SEVERITIES)))));
        if (type == LabelAction.Type.SUPPRESS && wanted.stream().anyMatch(LabelAction.SEVERE::contains)) {
            problems.add(FieldProblem.error(
                    "actions",
                    "No label closes alerts that are High or Critical. Write a suppression that asks for the label: its dry run shows"
                            + " what it would have closed."));
        }
        return LabelAction.SEVERITIES.stream().filter(wanted::contains).toList();
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
