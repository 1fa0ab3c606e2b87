@NullMarked
package dev.gatehouse.workbench.web.api.alerts;

import org.jspecify.annotations.NullMarked;
