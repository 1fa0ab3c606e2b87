@NullMarked
package dev.gatehouse.workbench.web.pages.devices;

import org.jspecify.annotations.NullMarked;
