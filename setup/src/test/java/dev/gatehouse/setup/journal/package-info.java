@NullMarked
package dev.gatehouse.setup.journal;

import org.jspecify.annotations.NullMarked;
