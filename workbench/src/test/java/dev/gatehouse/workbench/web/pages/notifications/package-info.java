@NullMarked
package dev.gatehouse.workbench.web.pages.notifications;

import org.jspecify.annotations.NullMarked;
