@NullMarked
package dev.gatehouse.workbench.settings;

import org.jspecify.annotations.NullMarked;
