@NullMarked
package dev.gatehouse.workbench.web.live;

import org.jspecify.annotations.NullMarked;
