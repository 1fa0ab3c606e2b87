/**
 * HTTP and TLS as the pretend cloud speaks them. Comes in: connections on loopback. Goes out: answers, whole or broken on
 * purpose ({@link dev.gatehouse.simulator.http.Delivery}). What is not HTTP/1.1 is answered with 400 and the connection
 * ends. Read {@link dev.gatehouse.simulator.http.Server} first.
 */
@NullMarked
package dev.gatehouse.simulator.http;

import org.jspecify.annotations.NullMarked;
