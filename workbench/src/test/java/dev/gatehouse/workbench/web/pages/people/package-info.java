@NullMarked
package dev.gatehouse.workbench.web.pages.people;

import org.jspecify.annotations.NullMarked;
