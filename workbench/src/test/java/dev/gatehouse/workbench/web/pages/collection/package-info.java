@NullMarked
package dev.gatehouse.workbench.web.pages.collection;

import org.jspecify.annotations.NullMarked;
