/** The stage on which screens are tested, and what has to hold for all of them. */
@NullMarked
package dev.gatehouse.workbench.web;

import org.jspecify.annotations.NullMarked;
