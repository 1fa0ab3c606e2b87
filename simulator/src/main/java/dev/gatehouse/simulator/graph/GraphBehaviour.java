package dev.gatehouse.simulator.graph;

/**
 * How Graph behaves where Microsoft's documents are silent, disagree, or name a number that differs between tenants.
 *
 * @param ordering what becomes of {@code $orderby}
 * @param listing what comes first when no order is asked for, or the order is ignored
 * @param paging what the links to next pages carry
 * @param undocumentedOptions what becomes of {@code $select}, which the two lists do not document
 * @param dynamicColumns how hunting rows carry dynamic columns
 * @param alertsPageSize alerts in a page when {@code $top} is absent; Microsoft does not say how many
 * @param incidentsPageSize incidents in a page when {@code $top} is absent
 * @param readsPerMinute calls of alerts and incidents that an application may make in a tenant
 * @param huntingPerMinute hunting queries that may be run in a tenant
 */
public record GraphBehaviour(
        Ordering ordering,
        Listing listing,
        Paging paging,
        UndocumentedOptions undocumentedOptions,
        DynamicColumns dynamicColumns,
        int alertsPageSize,
        int incidentsPageSize,
        int readsPerMinute,
        int huntingPerMinute) {

    /** {@code $orderby} is not documented for the two lists; a shipped product relies on it all the same. */
    public enum Ordering {
        HONOURED,
        IGNORED,
        REFUSED
    }

    /** The contract says newest first. A client that relies on it, or on any other, is to be found out. */
    public enum Listing {
        /** The latest {@code createdDateTime} comes first. */
        NEWEST_FIRST,
        OLDEST_FIRST,
        /** The latest {@code lastUpdateDateTime} comes first. */
        NEWEST_CHANGE_FIRST,
        OLDEST_CHANGE_FIRST,
        BY_ID,
        /** By a hash of the id, which has to do with nothing that a client sees. */
        IN_NO_ORDER
    }

    /** A link may carry an opaque place in the list, or count: then records that change slip from page to page. */
    public enum Paging {
        SKIP_TOKEN,
        LIVE_SKIP
    }

    /** Options that Graph knows, but does not document for these lists. */
    public enum UndocumentedOptions {
        IGNORED,
        REFUSED
    }

    /** Both were seen in answers that products have published. */
    public enum DynamicColumns {
        AS_OBJECTS,
        AS_TEXT
    }

    /** What the contract thinks likeliest. */
    public static GraphBehaviour likeliest() {
        return new GraphBehaviour(
                Ordering.HONOURED,
                Listing.NEWEST_FIRST,
                Paging.SKIP_TOKEN,
                UndocumentedOptions.IGNORED,
                DynamicColumns.AS_OBJECTS,
                100,
                50,
                150,
                45);
    }

    public GraphBehaviour with(Ordering other) {
        return new GraphBehaviour(
                other,
                listing,
                paging,
                undocumentedOptions,
                dynamicColumns,
                alertsPageSize,
                incidentsPageSize,
                readsPerMinute,
                huntingPerMinute);
    }

    public GraphBehaviour with(Listing other) {
        return new GraphBehaviour(
                ordering,
                other,
                paging,
                undocumentedOptions,
                dynamicColumns,
                alertsPageSize,
                incidentsPageSize,
                readsPerMinute,
                huntingPerMinute);
    }

    public GraphBehaviour with(Paging other) {
        return new GraphBehaviour(
                ordering,
                listing,
                other,
                undocumentedOptions,
                dynamicColumns,
                alertsPageSize,
                incidentsPageSize,
                readsPerMinute,
                huntingPerMinute);
    }

    public GraphBehaviour with(UndocumentedOptions other) {
        return new GraphBehaviour(
                ordering,
                listing,
                paging,
                other,
                dynamicColumns,
                alertsPageSize,
                incidentsPageSize,
                readsPerMinute,
                huntingPerMinute);
    }

    public GraphBehaviour with(DynamicColumns other) {
        return new GraphBehaviour(
                ordering,
                listing,
                paging,
                undocumentedOptions,
                other,
                alertsPageSize,
                incidentsPageSize,
                readsPerMinute,
                huntingPerMinute);
    }

    public GraphBehaviour withPageSizes(int alerts, int incidents) {
        return new GraphBehaviour(
                ordering,
                listing,
                paging,
                undocumentedOptions,
                dynamicColumns,
                alerts,
                incidents,
                readsPerMinute,
                huntingPerMinute);
    }

    public GraphBehaviour withCallsPerMinute(int reads, int hunting) {
        return new GraphBehaviour(
                ordering,
                listing,
                paging,
                undocumentedOptions,
                dynamicColumns,
                alertsPageSize,
                incidentsPageSize,
                reads,
                hunting);
    }
}
