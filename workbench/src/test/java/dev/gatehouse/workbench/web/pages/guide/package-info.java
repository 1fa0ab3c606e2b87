@NullMarked
package dev.gatehouse.workbench.web.pages.guide;

import org.jspecify.annotations.NullMarked;
