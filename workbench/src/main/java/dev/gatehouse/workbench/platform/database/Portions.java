package dev.gatehouse.workbench.platform.database;

import dev.gatehouse.model.Original;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Records in portions that are small enough to be held a second time on their way to the database. */
public final class Portions {

    public static final int MOST_BYTES = 4 * 1024 * 1024;
    public static final int MOST_RECORDS = 1_000;

    private Portions() {}

    /** In the order given; a record that is larger than a portion is one alone. */
    public static <T> List<List<T>> of(List<T> records, Function<T, Original> original) {
        var portions = new ArrayList<List<T>>();
        var begin = 0;
        var bytes = 0L;
        for (var at = 0; at < records.size(); at++) {
            var length = original.apply(records.get(at)).length();
            if (at > begin && (bytes + length > MOST_BYTES || at - begin >= MOST_RECORDS)) {
                portions.add(records.subList(begin, at));
                begin = at;
                bytes = 0;
            }
            bytes += length;
        }
        if (begin < records.size()) {
            portions.add(records.subList(begin, records.size()));
        }
        return List.copyOf(portions);
    }
}
