@NullMarked
package dev.gatehouse.workbench.web.pages.alerts;

import org.jspecify.annotations.NullMarked;
