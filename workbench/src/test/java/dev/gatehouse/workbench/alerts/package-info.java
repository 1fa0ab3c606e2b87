@NullMarked
package dev.gatehouse.workbench.alerts;

import org.jspecify.annotations.NullMarked;
