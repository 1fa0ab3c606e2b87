/**
 * How long to wait for Microsoft's servers, and how. Read {@link dev.gatehouse.setup.retry.RetryPolicy}.
 */
@NullMarked
package dev.gatehouse.setup.retry;

import org.jspecify.annotations.NullMarked;
