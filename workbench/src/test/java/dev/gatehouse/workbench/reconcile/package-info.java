@NullMarked
package dev.gatehouse.workbench.reconcile;

import org.jspecify.annotations.NullMarked;
