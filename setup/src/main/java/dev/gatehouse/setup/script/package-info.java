/**
 * Writes the set-up down as a script, for people who run only what they can read. Comes in: how the tenant should look.
 * Goes out: text that looks before it makes. Read {@link dev.gatehouse.setup.script.Script} first.
 */
@NullMarked
package dev.gatehouse.setup.script;

import org.jspecify.annotations.NullMarked;
