package dev.gatehouse.workbench.people;

import java.util.UUID;

/**
 * A page that somebody wants to come back to.
 *
 * @param id of the view
 * @param name as its owner calls it
 * @param address of the page from the place of the application, with its filters, sorting and range, e.g. {@code
 *     /alerts?assignee=me&severity=high}
 */
public record SavedView(UUID id, String name, String address) {}
