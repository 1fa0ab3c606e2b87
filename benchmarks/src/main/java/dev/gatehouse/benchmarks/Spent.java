package dev.gatehouse.benchmarks;

/**
 * What was used between two moments.
 *
 * @param own processor time of the Workbench, in seconds
 * @param database processor time of PostgreSQL with all its connections, in seconds
 * @param graph processor time of the pretend Graph, in seconds
 * @param wall what a clock on the wall says, in seconds
 */
record Spent(double own, double database, double graph, double wall) {

    /** What counts: the Workbench and its database. */
    double sum() {
        return own + database;
    }
}
