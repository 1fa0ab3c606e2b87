@NullMarked
package dev.gatehouse.cli.serve;

import org.jspecify.annotations.NullMarked;
