/** The client with which the interface for programs is tested over HTTP, on a whole server with a real database. */
@NullMarked
package dev.gatehouse.workbench.web.api.dialect;

import org.jspecify.annotations.NullMarked;
