@NullMarked
package dev.gatehouse.workbench.web.pages.investigations;

import org.jspecify.annotations.NullMarked;
