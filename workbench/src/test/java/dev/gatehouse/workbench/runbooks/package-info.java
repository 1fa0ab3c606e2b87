@NullMarked
package dev.gatehouse.workbench.runbooks;

import org.jspecify.annotations.NullMarked;
