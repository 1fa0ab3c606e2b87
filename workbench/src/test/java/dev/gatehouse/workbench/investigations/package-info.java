@NullMarked
package dev.gatehouse.workbench.investigations;

import org.jspecify.annotations.NullMarked;
