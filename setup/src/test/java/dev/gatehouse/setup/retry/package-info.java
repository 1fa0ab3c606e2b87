@NullMarked
package dev.gatehouse.setup.retry;

import org.jspecify.annotations.NullMarked;
