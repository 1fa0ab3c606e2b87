@NullMarked
package dev.gatehouse.workbench.devices;

import org.jspecify.annotations.NullMarked;
