package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.people.Caller;
import dev.gatehouse.workbench.web.api.dialect.Page;
import dev.gatehouse.workbench.web.api.dialect.Query;
import dev.gatehouse.workbench.web.api.dialect.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;

/**
 * What a client asks of a collection.
 *
 * @param criteria all of which have to hold
 * @param order by what, the first first
 * @param page which part; empty when the query names none
 * @param include what else is to stand in the document: relations, and relations of these behind dots
 * @param search a text that is looked for; empty when none is
 * @param fields the attributes and relations that are wanted of a type; all of those that are not named
 */
record Question(
        List<Criterion> criteria,
        List<Order> order,
        Optional<Page> page,
        List<List<String>> include,
        Optional<String> search,
        Map<String, Set<String>> fields) {

    /** All, with nothing besides. */
    static final Question ALL =
            new Question(List.of(), List.of(), Optional.empty(), List.of(), Optional.empty(), Map.of());

    private static final Pattern FILTER = Pattern.compile("filter((?:\\[[^\\[\\]]+])+)");
    private static final Pattern FIELDS = Pattern.compile("fields\\[([^\\[\\]]+)]");

    /** How far includes and filters may go. */
    private static final int DEEPEST = 3;

    Question {
        criteria = List.copyOf(criteria);
        order = List.copyOf(order);
        include = List.copyOf(include);
        fields = Map.copyOf(fields);
    }

    /**
     * Reads a query.
     *
     * @throws Refusal when it names what there is not
     */
    static Question of(Query query, Resource resource, Resources all, Caller caller) {
        var criteria = new ArrayList<Criterion>();
        var fields = new LinkedHashMap<String, Set<String>>();
        query.parameters().forEach((name, values) -> {
            if (name.startsWith("filter")) {
                criterion(name, values, resource, all, caller).ifPresent(criteria::add);
            }
            var sparse = FIELDS.matcher(name);
            if (sparse.matches()) {
                fields.put(
                        sparse.group(1),
                        new LinkedHashSet<>(values.stream()
                                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                                .map(String::strip)
                                .toList()));
            }
        });
        var isPaged = query.parameters().keySet().stream().anyMatch(name -> name.startsWith("page["));
        return new Question(
                criteria,
                query.sort().stream()
                        .map(Order::of)
                        .filter(order -> isSort(order, resource))
                        .toList(),
                isPaged ? Optional.of(query.page()) : Optional.empty(),
                include(query, resource, all, caller),
                query.parameters().getOrDefault("flag[search]", List.of()).stream()
                        .filter(text -> !text.isBlank())
                        .findFirst(),
                fields);
    }

    /** Others are passed over: known clients sort everything by columns that not every resource has. */
    private static boolean isSort(Order order, Resource resource) {
        return order.attribute().equals("id")
                || resource.attribute(order.attribute())
                        .filter(attribute -> attribute.column().isPresent() && attribute.type() != Type.JSON)
                        .isPresent();
    }

    private static Optional<Criterion> criterion(
            String parameter, List<String> values, Resource resource, Resources all, Caller caller) {
        var brackets = FILTER.matcher(parameter);
        if (!brackets.matches()) {
            throw Refusal.parameter(
                    parameter, "Write filter[attribute], filter[relation][attribute] or filter[relation][id].");
        }
        var names =
                brackets.group(1).substring(1, brackets.group(1).length() - 1).split("]\\[", -1);
        var path = new ArrayList<Relation>();
        var at = resource;
        for (var name : Arrays.asList(names).subList(0, names.length - 1)) {
            var relation = filter(at, name).orElse(null);
            if (relation == null) {
                throw noSuchFilter(parameter, at, name);
            }
            path.add(relation);
            at = all.named(relation.type());
            requireMayRead(parameter, at, caller);
        }
        if (path.size() > DEEPEST) {
            throw Refusal.parameter(parameter, "A filter can follow %d relations at most.".formatted(DEEPEST));
        }
        var last = names[names.length - 1];
        var relation = filter(at, last);
        var attribute = at.attribute(last).filter(Attribute::isFilter);
        if (attribute.isEmpty() && !last.equals("id")) {
            // filter[organization]=… is short for filter[organization][id]=….
            path.add(relation.orElseThrow(noSuch(parameter, at, last)));
        }
        var terms = Term.of(values);
        var criterion = new Criterion(parameter, path, attribute, terms);
        attribute.ifPresent(each -> Values.check(criterion, each.type()));
        return terms.isEmpty() ? Optional.empty() : Optional.of(criterion);
    }

    private static Optional<Relation> filter(Resource at, String relation) {
        return at.relation(relation).filter(each -> each.filtered().isPresent());
    }

    /** What a role may not read it may not read by way of another type either. */
    private static void requireMayRead(String parameter, Resource resource, Caller caller) {
        if (!caller.may(resource.reads())) {
            throw new Refusal(
                    HttpStatus.FORBIDDEN,
                    List.of(new Refusal.Complaint(
                            "The role does not allow to read %s.".formatted(resource.type()),
                            Optional.of(new Refusal.Source("parameter", parameter)))));
        }
    }

    private static Supplier<Refusal> noSuch(String parameter, Resource at, String name) {
        return () -> noSuchFilter(parameter, at, name);
    }

    private static Refusal noSuchFilter(String parameter, Resource at, String name) {
        var there = Stream.concat(
                        Stream.concat(
                                Stream.of("id"),
                                at.attributes().stream()
                                        .filter(Attribute::isFilter)
                                        .map(Attribute::name)),
                        at.relations().stream()
                                .filter(relation -> relation.filtered().isPresent())
                                .map(Relation::name))
                .sorted()
                .toList();
        return Refusal.parameter(
                parameter,
                "There is no filter '%s' of %s. There are: %s.".formatted(name, at.type(), String.join(", ", there)));
    }

    private static List<List<String>> include(Query query, Resource resource, Resources all, Caller caller) {
        var paths = query.parameters().getOrDefault("include", List.of()).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(path -> !path.isEmpty())
                .map(path -> List.of(path.split("\\.", -1)))
                .distinct()
                .toList();
        for (var path : paths) {
            var at = resource;
            for (var name : path) {
                var relation = at.relation(name).orElse(null);
                if (relation == null || path.size() > DEEPEST) {
                    throw Refusal.parameter(
                            "include",
                            "%s leads to no '%s'. It leads to: %s."
                                    .formatted(
                                            at.type(),
                                            name,
                                            String.join(
                                                    ", ",
                                                    at.relations().stream()
                                                            .map(Relation::name)
                                                            .toList())));
                }
                at = all.named(relation.type());
                requireMayRead("include", at, caller);
            }
        }
        return paths;
    }

    /** The same of rows that are known by now, in place of whatever narrows it. */
    Question these(List<String> ids) {
        return narrowed(List.of(withIds(ids)));
    }

    /** The same of rows that are known to have the text that is looked for. */
    Question amongThese(List<String> ids) {
        var narrower = new ArrayList<>(criteria);
        narrower.add(withIds(ids));
        return narrowed(narrower);
    }

    private static Criterion withIds(List<String> ids) {
        return new Criterion(
                "filter[id]",
                List.of(),
                Optional.empty(),
                ids.stream().map(id -> new Term(Term.Operator.EQUAL, id)).toList());
    }

    private Question narrowed(List<Criterion> narrower) {
        return new Question(narrower, order, page, include, Optional.empty(), fields);
    }

    /** Whether nothing narrows it. */
    boolean isAboutAll() {
        return criteria.isEmpty() && search.isEmpty();
    }

    /** Whether an attribute or relation of a type is wanted. */
    boolean wants(String type, String name) {
        var wanted = fields.get(type);
        return wanted == null || wanted.contains(name);
    }
}
