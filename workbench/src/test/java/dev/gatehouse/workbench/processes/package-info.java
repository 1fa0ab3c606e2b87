@NullMarked
package dev.gatehouse.workbench.processes;

import org.jspecify.annotations.NullMarked;
