@NullMarked
package dev.gatehouse.workbench.demo;

import org.jspecify.annotations.NullMarked;
