/**
 * The HTTP interface for programs, below {@code /api/v2}, in the JSON:API dialect of docs/api.md. Comes in: requests
 * that {@code people.SecurityRules} has let through. Goes out: documents of security devices and vendor alerts. Goes wrong: a
 * {@link dev.gatehouse.workbench.web.api.Refusal}, which becomes a JSON:API error that names the field; never an HTML page,
 * and never status 500 for what a client got wrong. Read {@link dev.gatehouse.workbench.web.api.SecurityDeviceApi} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.api;

import org.jspecify.annotations.NullMarked;
