package dev.gatehouse.workbench.web.pages.search;

/**
 * Something that was found.
 *
 * @param title what it is called
 * @param detail what tells it from others of that name
 * @param organization whose it is; empty when that is nobody's, or the reader sees one organization only
 * @param address of its page, from the root
 */
public record SearchHit(String title, String detail, String organization, String address) {}
