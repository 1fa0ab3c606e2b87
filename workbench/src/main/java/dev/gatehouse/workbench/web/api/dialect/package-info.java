/**
 * What all resources of the HTTP interface for programs share: the JSON:API dialect of docs/api.md. Comes in: queries
 * and bodies of requests below {@code /api/v2} that {@code people.SecurityRules} has let through. Goes out: filters,
 * parts and drafts for the resources, and their documents for the client. Goes wrong: a {@link
 * dev.gatehouse.workbench.web.api.dialect.Refusal}, which becomes a JSON:API error that names the field; never an HTML
 * page, and never status 500 for what a client got wrong. It knows none of the resources. Read {@link
 * dev.gatehouse.workbench.web.api.dialect.Documents} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.api.dialect;

import org.jspecify.annotations.NullMarked;
