@NullMarked
package dev.gatehouse.workbench.web.api.notifications;

import org.jspecify.annotations.NullMarked;
