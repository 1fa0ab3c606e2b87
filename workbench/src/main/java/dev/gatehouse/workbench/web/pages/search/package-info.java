/**
 * One box that finds everything. Comes in: what somebody types. Goes out: alerts, cases, accounts, hosts, addresses, hashes,
 * devices and the rest, of what the reader may see, each with its page; and the page of one account, host or address. Goes
 * wrong: a text that is too short to look for, which is said. Read {@code Search} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.pages.search;

import org.jspecify.annotations.NullMarked;
