/**
 * What is wrong with something that somebody typed, field by field, in the words that pages, API and command line all show.
 * Comes in: nothing. Goes out: {@link dev.gatehouse.workbench.platform.fields.FieldProblem}s, thrown together as {@link
 * dev.gatehouse.workbench.platform.fields.InvalidFields}. Read {@link
 * dev.gatehouse.workbench.platform.fields.FieldProblem} first.
 */
@NullMarked
package dev.gatehouse.workbench.platform.fields;

import org.jspecify.annotations.NullMarked;
