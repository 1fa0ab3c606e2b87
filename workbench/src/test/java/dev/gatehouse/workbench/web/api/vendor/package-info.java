@NullMarked
package dev.gatehouse.workbench.web.api.vendor;

import org.jspecify.annotations.NullMarked;
