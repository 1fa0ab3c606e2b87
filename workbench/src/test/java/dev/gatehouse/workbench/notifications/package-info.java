@NullMarked
package dev.gatehouse.workbench.notifications;

import org.jspecify.annotations.NullMarked;
