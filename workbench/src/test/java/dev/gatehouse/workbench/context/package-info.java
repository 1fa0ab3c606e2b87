@NullMarked
package dev.gatehouse.workbench.context;

import org.jspecify.annotations.NullMarked;
