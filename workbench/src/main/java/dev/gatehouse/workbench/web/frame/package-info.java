/**
 * What all screens share: who is looking and what they may do, words and times, addresses, page numbers, and what was
 * typed. Comes in: every request of people, before the page that it is for. Goes out: what each template finds besides
 * its page's own, and the addresses by which pages about one thing lead to pages about another. Goes wrong: addresses
 * that lead to nothing, which are answered with one page. It knows none of the pages. Read {@link
 * dev.gatehouse.workbench.web.frame.Frame} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.frame;

import org.jspecify.annotations.NullMarked;
