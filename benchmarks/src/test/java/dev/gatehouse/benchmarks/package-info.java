@NullMarked
package dev.gatehouse.benchmarks;

import org.jspecify.annotations.NullMarked;
