@NullMarked
package dev.gatehouse.workbench.access;

import org.jspecify.annotations.NullMarked;
