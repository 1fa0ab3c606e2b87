package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.plan.Difference;
import java.util.ArrayList;
import java.util.List;

/** Collects the differences of one part. */
final class Differences {

    private final List<Difference> all = new ArrayList<>();

    List<Difference> all() {
        return List.copyOf(all);
    }

    void missing(String field, String desired) {
        differs(field, Difference.NONE, desired);
    }

    void compare(String field, Object present, Object desired) {
        if (!present.equals(desired)) {
            differs(field, present.toString(), desired.toString());
        }
    }

    void differs(String field, String present, String desired) {
        all.add(new Difference(field, present, desired));
    }
}
