@NullMarked
package dev.gatehouse.workbench.records;

import org.jspecify.annotations.NullMarked;
