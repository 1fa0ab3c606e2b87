package dev.gatehouse.simulator.graph;

import dev.gatehouse.simulator.http.Parameters;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * The query options of a list call, checked.
 *
 * @param pageSize records in this page
 * @param order the property by which the list is ordered, and in which direction
 * @param skip records to leave out from the front
 * @param after where the page begins, when a link asks for it
 */
record ListOptions(
        Predicate<ObjectNode> filter,
        int pageSize,
        Order order,
        int skip,
        Optional<SkipToken> after,
        boolean counts,
        boolean expandsAlerts,
        String question) {

    /** Most records in a page of alerts; more are cut to it (Microsoft Graph, security error codes: constraints). */
    private static final int MOST_ALERTS = 1000;

    /** Most incidents in a page; more are refused (Microsoft Graph, "List incidents"). */
    private static final int MOST_INCIDENTS = 50;

    /** The deepest skip (security error codes: constraints). */
    private static final int DEEPEST_SKIP = 500;

    /** The deepest skip with links that count, by an older text: page and skip together. */
    private static final int DEEPEST_LIVE_SKIP = 6000;

    private static final Set<String> KNOWN =
            Set.of("$filter", "$top", "$skip", "$skiptoken", "$count", "$orderby", "$expand", "$select");

    /**
     * How a list is ordered; equals are ordered by id, so that paging is well defined.
     *
     * @param property the time by which it is ordered, when it is by a time
     */
    record Order(Sort sort, String property) {

        static final Order NEWEST_FIRST = new Order(Sort.LATEST_FIRST, "createdDateTime");

        private enum Sort {
            EARLIEST_FIRST,
            LATEST_FIRST,
            BY_ID,
            BY_HASH
        }

        static Order by(String property, boolean isAscending) {
            return new Order(isAscending ? Sort.EARLIEST_FIRST : Sort.LATEST_FIRST, property);
        }

        static Order of(GraphBehaviour.Listing listing) {
            return switch (listing) {
                case NEWEST_FIRST -> NEWEST_FIRST;
                case OLDEST_FIRST -> by("createdDateTime", true);
                case NEWEST_CHANGE_FIRST -> by("lastUpdateDateTime", false);
                case OLDEST_CHANGE_FIRST -> by("lastUpdateDateTime", true);
                case BY_ID -> new Order(Sort.BY_ID, "createdDateTime");
                case IN_NO_ORDER -> new Order(Sort.BY_HASH, "createdDateTime");
            };
        }

        Comparator<ListedRecord> comparator() {
            var byTime = Comparator.comparing(ListedRecord::time).thenComparing(ListedRecord::id);
            return switch (sort) {
                case EARLIEST_FIRST -> byTime;
                case LATEST_FIRST -> byTime.reversed();
                case BY_ID -> Comparator.comparing(ListedRecord::id);
                case BY_HASH ->
                    Comparator.<ListedRecord>comparingInt(listed -> listed.id().hashCode() * 0x9E3779B9)
                            .thenComparing(ListedRecord::id);
            };
        }
    }

    static ListOptions parse(Parameters query, ListDefinition definition, GraphBehaviour behaviour) throws Refused {
        for (var name : query.names()) {
            if (name.startsWith("$") && !KNOWN.contains(name)) {
                throw Refused.badRequest("The query parameter '%s' is not supported.".formatted(name));
            }
        }
        var select = query.filled("$select");
        if (select.isPresent() && behaviour.undocumentedOptions() == GraphBehaviour.UndocumentedOptions.REFUSED) {
            throw Refused.invalidQuery(
                    "Query option 'Select' is not allowed. To allow it, set the 'AllowedQueryOptions'"
                            + " property on EnableQueryAttribute or QueryValidationSettings.");
        }
        var filterText = query.filled("$filter").orElse("");
        Predicate<ObjectNode> filter = filterText.isEmpty() ? _ -> true : Filter.parse(filterText, definition);
        var order = order(query.filled("$orderby"), definition, behaviour);
        var pageSize = pageSize(query, definition, behaviour);
        // What the token must agree with. The page's size may change on the way, the question may not.
        var question = Integer.toHexString(
                List.of(filterText, order, definition).toString().hashCode());
        var token = query.filled("$skiptoken");
        return new ListOptions(
                filter,
                pageSize,
                order,
                skip(query, pageSize, behaviour),
                token.isPresent() ? Optional.of(SkipToken.decode(token.get(), question)) : Optional.empty(),
                counts(query),
                expandsAlerts(query, definition),
                question);
    }

    private static Order order(Optional<String> asked, ListDefinition definition, GraphBehaviour behaviour)
            throws Refused {
        if (asked.isEmpty() || behaviour.ordering() == GraphBehaviour.Ordering.IGNORED) {
            return Order.of(behaviour.listing());
        }
        if (behaviour.ordering() == GraphBehaviour.Ordering.REFUSED) {
            throw Refused.invalidQuery("Query option 'OrderBy' is not allowed. To allow it, set the"
                    + " 'AllowedQueryOptions' property on EnableQueryAttribute or QueryValidationSettings.");
        }
        var words = asked.get().strip().split("\\s+", -1);
        var property = words[0];
        var direction = words.length > 1 ? words[1] : "asc";
        if (!definition.has(property)) {
            throw Refused.invalidQuery(
                    "Could not find a property named '%s' on type '%s'.".formatted(property, definition.typeName()));
        }
        var isTime = definition.filterable(property).orElse(null) instanceof ListDefinition.Property.Time;
        if (words.length > 2 || !isTime || !Set.of("asc", "desc").contains(direction)) {
            throw Refused.invalidQuery("The $orderby expression '%s' is not supported.".formatted(asked.get()));
        }
        return Order.by(property, direction.equals("asc"));
    }

    private static int pageSize(Parameters query, ListDefinition definition, GraphBehaviour behaviour) throws Refused {
        var top = query.filled("$top");
        return switch (definition) {
            case ALERTS ->
                top.isEmpty() ? behaviour.alertsPageSize() : Math.min(number(top.get(), "$top"), MOST_ALERTS);
            case INCIDENTS -> {
                var asked = top.isEmpty() ? behaviour.incidentsPageSize() : number(top.get(), "$top");
                if (asked > MOST_INCIDENTS) {
                    throw overLimit("Top", MOST_INCIDENTS, asked);
                }
                yield asked;
            }
        };
    }

    private static int skip(Parameters query, int pageSize, GraphBehaviour behaviour) throws Refused {
        var asked = query.filled("$skip");
        if (asked.isEmpty()) {
            return 0;
        }
        var skip = number(asked.get(), "$skip");
        var deepest =
                switch (behaviour.paging()) {
                    case SKIP_TOKEN -> DEEPEST_SKIP;
                    case LIVE_SKIP -> DEEPEST_LIVE_SKIP - pageSize;
                };
        if (skip > deepest) {
            throw overLimit("Skip", deepest, skip);
        }
        return skip;
    }

    private static Refused overLimit(String option, int limit, int asked) {
        return Refused.invalidQuery(
                "The limit of '%d' for %s query has been exceeded. The value from the incoming request is '%d'."
                        .formatted(limit, option, asked));
    }

    private static int number(String text, String option) throws Refused {
        if (!text.matches("\\d{1,9}")) {
            throw Refused.invalidQuery(
                    "Invalid value '%s' for %s query option found. The %s query option requires a non-negative integer value."
                            .formatted(text, option, option));
        }
        return Integer.parseInt(text);
    }

    private static boolean counts(Parameters query) throws Refused {
        var asked = query.filled("$count").orElse("false");
        if (!Set.of("true", "false").contains(asked)) {
            throw Refused.invalidQuery(
                    "Invalid value '%s' for $count query option found. Valid values are 'true' and 'false'."
                            .formatted(asked));
        }
        return asked.equals("true");
    }

    private static boolean expandsAlerts(Parameters query, ListDefinition definition) throws Refused {
        var asked = query.filled("$expand");
        if (asked.isEmpty()) {
            return false;
        }
        if (definition != ListDefinition.INCIDENTS || !asked.get().equals("alerts")) {
            throw Refused.invalidQuery(
                    "Could not find a property named '%s' on type '%s'.".formatted(asked.get(), definition.typeName()));
        }
        return true;
    }
}
