@NullMarked
package dev.gatehouse.workbench.web.pages.dashboards;

import org.jspecify.annotations.NullMarked;
