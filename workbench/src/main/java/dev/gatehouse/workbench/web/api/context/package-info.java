/**
 * The API of what customers' people say about their accounts, hosts and addresses. Comes in: requests for labels, their values
 * and their history. Goes out: descriptions by which the engine answers. Read {@code ContextResources} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.api.context;

import org.jspecify.annotations.NullMarked;
