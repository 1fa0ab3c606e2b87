@NullMarked
package dev.gatehouse.workbench.web.pages.search;

import org.jspecify.annotations.NullMarked;
