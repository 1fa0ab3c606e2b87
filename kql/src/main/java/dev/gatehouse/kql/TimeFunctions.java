package dev.gatehouse.kql;

import dev.gatehouse.kql.Definitions.Takes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions for points in time and spans. */
final class TimeFunctions {

    private TimeFunctions() {}

    static void addTo(Definitions definitions) {
        definitions.define(
                "now",
                Table.Type.DATETIME,
                List.of(Takes.SPAN),
                0,
                (call, row) -> call.count() == 0 ? call.now() : shifted(call.now(), call.span(0, row), 1));
        definitions.define(
                "ago",
                Table.Type.DATETIME,
                List.of(Takes.SPAN),
                1,
                (call, row) -> shifted(call.now(), call.span(0, row), -1));
        for (String unit : List.of("day", "week", "month", "year")) {
            definitions.define(
                    "startof" + unit,
                    Table.Type.DATETIME,
                    List.of(Takes.TIME, Takes.NUMBER),
                    1,
                    (call, row) -> Calendar.startOf(unit, call.time(0, row), call.whole(1, row, 0)));
            definitions.define(
                    "endof" + unit,
                    Table.Type.DATETIME,
                    List.of(Takes.TIME, Takes.NUMBER),
                    1,
                    (call, row) -> Calendar.endOf(unit, call.time(0, row), call.whole(1, row, 0)));
        }
        definitions.define(
                "datetime_diff", Table.Type.LONG, List.of(Takes.ANYTHING, Takes.TIME, Takes.TIME), 3, (call, row) -> {
                    @Nullable Instant left = call.time(1, row);
                    @Nullable Instant right = call.time(2, row);
                    return left == null || right == null
                            ? null
                            : (Object) Calendar.boundariesBetween(call.text(0, row), right, left)
                                    .orElseThrow(() -> call.wrong("unknown unit of time"));
                });
        definitions.define(
                "datetime_add",
                Table.Type.DATETIME,
                List.of(Takes.ANYTHING, Takes.NUMBER, Takes.TIME),
                3,
                (call, row) -> {
                    @Nullable Long amount = call.whole(1, row);
                    @Nullable Instant time = call.time(2, row);
                    return amount == null || time == null ? null : Calendar.add(call.text(0, row), amount, time);
                });
        definitions.define(
                "datetime_part",
                Table.Type.INT,
                List.of(Takes.ANYTHING, Takes.TIME),
                2,
                (call, row) -> Calendar.part(call.text(0, row), call.time(1, row)));
        Map.of(
                        "getyear", "year",
                        "getmonth", "month",
                        "monthofyear", "month",
                        "dayofmonth", "day",
                        "dayofyear", "dayofyear",
                        "hourofday", "hour")
                .forEach((name, part) -> definitions.define(
                        name,
                        Table.Type.INT,
                        List.of(Takes.TIME),
                        1,
                        (call, row) -> Calendar.part(part, call.time(0, row))));
        definitions.define("dayofweek", Table.Type.TIMESPAN, List.of(Takes.TIME), 1, (call, row) -> {
            @Nullable Instant time = call.time(0, row);
            return time == null ? null : Calendar.sinceSunday(time);
        });
        definitions.define(
                "format_datetime", Table.Type.STRING, List.of(Takes.TIME, Takes.ANYTHING), 2, (call, row) -> {
                    @Nullable Instant time = call.time(0, row);
                    return time == null ? "" : call.made(Calendar.format(time, call.text(1, row)));
                });
        definitions.define(
                "make_datetime",
                Table.Type.DATETIME,
                List.of(Takes.NUMBER, Takes.NUMBER, Takes.NUMBER, Takes.NUMBER, Takes.NUMBER, Takes.NUMBER),
                3,
                (call, row) -> Times.parseInstant("%04d-%02d-%02d %02d:%02d:%02d"
                                .formatted(
                                        call.whole(0, row, 0),
                                        call.whole(1, row, 0),
                                        call.whole(2, row, 0),
                                        call.whole(3, row, 0),
                                        call.whole(4, row, 0),
                                        call.whole(5, row, 0)))
                        .orElse(null));
        definitions.define(
                "unixtime_seconds_todatetime", Table.Type.DATETIME, List.of(Takes.NUMBER), 1, (call, row) -> {
                    @Nullable Long seconds = call.whole(0, row);
                    return seconds == null || Math.abs(seconds) > 400_000_000_000L
                            ? null
                            : Times.plus(Instant.EPOCH, seconds * Times.TICKS_PER_SECOND);
                });
        definitions.define("bin", TimeFunctions::binType, Takes.two(), 2, false, TimeFunctions::bin);
        definitions.define("floor", TimeFunctions::binType, Takes.two(), 1, false, TimeFunctions::bin);
    }

    private static @Nullable Instant shifted(Instant time, @Nullable Duration span, int sign) {
        return span == null ? null : Times.plus(time, sign * Times.ticks(span));
    }

    private static Table.Type binType(Call call) {
        Table.Type value = call.type(0);
        Table.Type step = call.count() > 1 ? call.type(1) : Table.Type.LONG;
        if (step == Table.Type.TIMESPAN && (value == Table.Type.DATETIME || value == Table.Type.TIMESPAN)) {
            return value;
        }
        if (Values.isWhole(value) && Values.isWhole(step)) {
            return Table.Type.LONG;
        }
        if ((Values.isNumber(value) || value == Table.Type.DYNAMIC) && Values.isNumber(step)) {
            return call.count() > 1 ? Table.Type.REAL : Table.Type.LONG;
        }
        throw call.wrong("values of type %s cannot be put into bins of type %s"
                .formatted(Values.name(value), Values.name(step)));
    }

    private static @Nullable Object bin(Call call, Row row) {
        @Nullable Object value = Values.plain(call.value(0, row));
        @Nullable Object step = call.count() > 1 ? call.value(1, row) : (Object) 1L;
        return switch (value) {
            case Instant time
            when step instanceof Duration span -> {
                @Nullable Long ticks = down(Times.ticks(time), Times.ticks(span));
                yield ticks == null ? null : Times.instant(ticks);
            }
            case Duration length
            when step instanceof Duration span -> {
                @Nullable Long ticks = down(Times.ticks(length), Times.ticks(span));
                yield ticks == null ? null : Times.span(ticks);
            }
            case Long number when step instanceof Long size && call.type(0) != Table.Type.DYNAMIC -> down(number, size);
            case Number number
            when step instanceof Number size && size.doubleValue() > 0 -> {
                double bottom = Math.floor(number.doubleValue() / size.doubleValue()) * size.doubleValue();
                yield call.count() > 1 ? (Object) bottom : (Object) (long) bottom;
            }
            case null, default -> null;
        };
    }

    private static @Nullable Long down(long value, long step) {
        return step <= 0 ? null : (Long) (value - Math.floorMod(value, step));
    }
}
