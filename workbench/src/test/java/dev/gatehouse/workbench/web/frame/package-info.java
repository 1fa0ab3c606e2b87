@NullMarked
package dev.gatehouse.workbench.web.frame;

import org.jspecify.annotations.NullMarked;
