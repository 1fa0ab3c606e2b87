/** Tests of the engine of the API, over all types that are described. */
@NullMarked
package dev.gatehouse.workbench.web.api.resources;

import org.jspecify.annotations.NullMarked;
