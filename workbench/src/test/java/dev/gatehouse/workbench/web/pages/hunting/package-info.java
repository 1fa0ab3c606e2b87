@NullMarked
package dev.gatehouse.workbench.web.pages.hunting;

import org.jspecify.annotations.NullMarked;
