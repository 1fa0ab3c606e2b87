package dev.gatehouse.setup.plan;

/**
 * One thing that a removal will take away or put back.
 *
 * @param part what kind of thing
 * @param name what people call it
 * @param kind what will happen
 * @param detail a few words more, e.g. which fields are put back; may be empty
 */
public record Removal(Part part, String name, Kind kind, String detail) {

    /** What happens to a thing. */
    public enum Kind {
        /** It was made by Gatehouse and goes. */
        DELETE,
        /** Some of its fields were changed by Gatehouse and become what they were. */
        RESTORE,
        /** It is gone already. */
        GONE
    }
}
