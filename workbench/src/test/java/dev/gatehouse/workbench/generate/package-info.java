@NullMarked
package dev.gatehouse.workbench.generate;

import org.jspecify.annotations.NullMarked;
