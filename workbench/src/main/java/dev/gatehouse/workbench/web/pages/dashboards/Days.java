package dev.gatehouse.workbench.web.pages.dashboards;

import dev.gatehouse.workbench.web.frame.QueryParameters;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A range of days, in UTC.
 *
 * @param from the first day
 * @param to the last day; not before the first
 * @param problems what was wrong with the range that was asked for; the usual one is shown then
 */
public record Days(LocalDate from, LocalDate to, List<String> problems) {

    private static final int USUAL = 30;
    private static final int USUAL_WEEKS = 12;
    private static final int LONGEST = 400;

    public Days {
        problems = List.copyOf(problems);
    }

    static Days from(QueryParameters asked, Instant now) {
        return from(asked, now, to -> to.minusDays(USUAL - 1L));
    }

    /** Twelve weeks that begin on a Monday, unless others are asked for. */
    static Days weeksFrom(QueryParameters asked, Instant now) {
        return from(asked, now, to -> monday(to).minusWeeks(USUAL_WEEKS - 1L));
    }

    private static Days from(QueryParameters asked, Instant now, UnaryOperator<LocalDate> usual) {
        var problems = new ArrayList<String>();
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var to = day(asked.text("to"), problems).orElse(today);
        var from = day(asked.text("from"), problems).orElse(usual.apply(to));
        if (from.isAfter(to)) {
            problems.add("The range ends before it begins: the usual one is shown.");
            return new Days(usual.apply(today), today, problems);
        }
        if (from.isBefore(to.minusDays(LONGEST))) {
            problems.add("The range is longer than %d days: its last %d days are shown.".formatted(LONGEST, LONGEST));
            return new Days(to.minusDays(LONGEST), to, problems);
        }
        return new Days(from, to, problems);
    }

    private static Optional<LocalDate> day(String text, List<String> problems) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            problems.add("“%s” is no date such as 2026-11-23: it was left out."
                    .formatted(text.length() > 40 ? text.substring(0, 40) + "…" : text));
            return Optional.empty();
        }
    }

    /** What was wrong with the range, and with the rest of an address. */
    List<String> problemsAnd(List<String> others) {
        var all = new ArrayList<>(problems);
        all.addAll(others);
        return all;
    }

    private static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    /** Its weeks, from Monday to Sunday; the first and the last may lack days that are not in the range. */
    List<Days> weeks() {
        return monday(from)
                .datesUntil(to.plusDays(1), Period.ofWeeks(1))
                .map(monday -> new Days(
                        monday.isBefore(from) ? from : monday,
                        monday.plusDays(6).isAfter(to) ? to : monday.plusDays(6),
                        List.of()))
                .toList();
    }

    /** Where it begins. */
    Instant begin() {
        return from.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Where it has ended. */
    Instant end() {
        return to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
