@NullMarked
package dev.gatehouse.setup.signin;

import org.jspecify.annotations.NullMarked;
