@NullMarked
package dev.gatehouse.cli.program;

import org.jspecify.annotations.NullMarked;
