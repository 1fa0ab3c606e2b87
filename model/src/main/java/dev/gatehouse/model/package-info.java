/**
 * The words of the domain. Every other room speaks them; this room knows no other.
 *
 * <p>Comes in: nothing. Goes out: records that check themselves, so that nobody after them has to. Goes wrong: an
 * {@link IllegalArgumentException} that names the field and what to do. Read {@link dev.gatehouse.model.VendorAlert} first,
 * then {@link dev.gatehouse.model.Feed}.
 */
@NullMarked
package dev.gatehouse.model;

import org.jspecify.annotations.NullMarked;
