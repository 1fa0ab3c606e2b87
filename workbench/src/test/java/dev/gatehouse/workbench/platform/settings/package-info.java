@NullMarked
package dev.gatehouse.workbench.platform.settings;

import org.jspecify.annotations.NullMarked;
