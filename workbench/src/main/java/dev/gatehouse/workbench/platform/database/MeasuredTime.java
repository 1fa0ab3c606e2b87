package dev.gatehouse.workbench.platform.database;

import java.util.Locale;

/** How long something took, which a column of the same name has in seconds. An enumeration of a room's times is of this. */
public interface MeasuredTime {

    /** The constant, e.g. {@code DETECT}. */
    String name();

    /** The word in addresses, e.g. {@code detect}. */
    default String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The column that has it, in seconds; null in rows of which it is not measured. */
    default String column() {
        return key() + "_seconds";
    }
}
