package dev.gatehouse.workbench.web.api.resources;

import java.util.List;
import java.util.Optional;

/**
 * One filter.
 *
 * @param parameter as it stands in the query, for what is said about it
 * @param path the relations that lead to what it is about; empty for the resource itself
 * @param attribute of what is there; empty for its id
 * @param terms what the value is to be
 */
record Criterion(String parameter, List<Relation> path, Optional<Attribute> attribute, List<Term> terms) {

    Criterion {
        path = List.copyOf(path);
        terms = List.copyOf(terms);
    }

    /** The same as seen from where the first relation leads to. */
    Criterion behindFirst() {
        return new Criterion(parameter, path.subList(1, path.size()), attribute, terms);
    }

    /** Whether it is about nothing but whose id a relation of ours holds. */
    boolean isIdOfRelation() {
        return path.size() == 1 && attribute.isEmpty();
    }
}
