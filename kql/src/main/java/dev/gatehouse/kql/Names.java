package dev.gatehouse.kql;

import java.util.List;

/** How columns get names that nobody gave them. */
final class Names {

    private Names() {}

    /**
     * The name, with a number behind it if it is taken: {@code AccountName1}.
     *
     * @param counted whether the number starts at once, as in {@code Column1}
     */
    static String unused(List<Table.Column> taken, String name, boolean counted) {
        if (!counted && isUnused(taken, name)) {
            return name;
        }
        int number = 1;
        while (!isUnused(taken, name + number)) {
            number++;
        }
        return name + number;
    }

    private static boolean isUnused(List<Table.Column> taken, String name) {
        return taken.stream().noneMatch(column -> column.name().equals(name));
    }
}
