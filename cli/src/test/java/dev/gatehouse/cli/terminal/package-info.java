@NullMarked
package dev.gatehouse.cli.terminal;

import org.jspecify.annotations.NullMarked;
