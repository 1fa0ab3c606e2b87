/**
 * The wire. Comes in: a request and the cloud it goes to. Goes out: an answer with status, headers and body, or how the
 * connection broke; never an exception for what can be expected of a network. It follows no redirect and repeats nothing.
 * Read {@link dev.gatehouse.intake.http.CloudHttp} first.
 */
@NullMarked
package dev.gatehouse.intake.http;

import org.jspecify.annotations.NullMarked;
