@NullMarked
package dev.gatehouse.workbench.files;

import org.jspecify.annotations.NullMarked;
