@NullMarked
package dev.gatehouse.workbench.web.api.people;

import org.jspecify.annotations.NullMarked;
