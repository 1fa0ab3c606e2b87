@NullMarked
package dev.gatehouse.workbench.web.pages.context;

import org.jspecify.annotations.NullMarked;
