@NullMarked
package dev.gatehouse.workbench.web.pages;

import org.jspecify.annotations.NullMarked;
