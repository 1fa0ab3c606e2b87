@NullMarked
package dev.gatehouse.workbench.web.pages.vendor;

import org.jspecify.annotations.NullMarked;
