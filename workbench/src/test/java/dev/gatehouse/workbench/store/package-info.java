@NullMarked
package dev.gatehouse.workbench.store;

import org.jspecify.annotations.NullMarked;
