@NullMarked
package dev.gatehouse.workbench.platform.database;

import org.jspecify.annotations.NullMarked;
