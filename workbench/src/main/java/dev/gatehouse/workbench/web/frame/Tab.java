package dev.gatehouse.workbench.web.frame;

import java.util.OptionalLong;

/**
 * A tab over a list.
 *
 * @param key what tests and style sheets call it
 * @param title what stands on it
 * @param address the list that it leads to
 * @param count how many rows that has; empty when counting would take longer than showing
 * @param isCurrent whether that list is shown
 */
public record Tab(String key, String title, Address address, OptionalLong count, boolean isCurrent) {}
