package dev.gatehouse.model;

/**
 * Something that evidence points at, under a name that an analyst would search for.
 *
 * @param kind what sort of thing it is
 * @param name for example {@code contoso\jdoe}, {@code DC01.contoso.local} or {@code 10.1.4.7}; never empty
 */
public record Entity(EntityKind kind, String name) {

    public Entity {
        if (name.isBlank()) {
            throw new IllegalArgumentException("An entity needs a name");
        }
    }
}
