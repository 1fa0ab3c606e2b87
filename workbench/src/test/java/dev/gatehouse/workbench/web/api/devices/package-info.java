@NullMarked
package dev.gatehouse.workbench.web.api.devices;

import org.jspecify.annotations.NullMarked;
