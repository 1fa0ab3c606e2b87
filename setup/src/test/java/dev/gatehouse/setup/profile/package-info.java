@NullMarked
package dev.gatehouse.setup.profile;

import org.jspecify.annotations.NullMarked;
