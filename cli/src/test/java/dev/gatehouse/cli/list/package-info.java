@NullMarked
package dev.gatehouse.cli.list;

import org.jspecify.annotations.NullMarked;
