/**
 * The engine of the HTTP interface for programs: a type is described once, by {@link
 * dev.gatehouse.workbench.web.api.resources.Resource}, and everything else follows. Comes in: descriptions of the folders
 * beside this one, with {@linkplain dev.gatehouse.workbench.platform.database.ReadView views} of whoever owns the tables; and
 * requests. Goes out: documents, by a number of statements that does not depend on how many rows there are. Goes wrong: a
 * {@link dev.gatehouse.workbench.web.api.dialect.Refusal} that names the filter, attribute or relation. It knows none of the
 * types. Read {@link dev.gatehouse.workbench.web.api.resources.Resource} first, then {@link
 * dev.gatehouse.workbench.web.api.resources.ResourceReader}.
 */
@NullMarked
package dev.gatehouse.workbench.web.api.resources;

import org.jspecify.annotations.NullMarked;
