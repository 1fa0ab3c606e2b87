/** Tests of the interface for programs, over HTTP, on a whole server with a real database. */
@NullMarked
package dev.gatehouse.workbench.web.api;

import org.jspecify.annotations.NullMarked;
