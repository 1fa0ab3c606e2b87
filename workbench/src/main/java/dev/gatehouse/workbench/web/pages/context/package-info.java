/**
 * Organization Settings &gt; Context: what a customer's people say about their accounts, hosts and addresses. Comes in: requests of
 * people. Goes out: the list of labels, and forms that write them. Read {@code ContextPages} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.pages.context;

import org.jspecify.annotations.NullMarked;
