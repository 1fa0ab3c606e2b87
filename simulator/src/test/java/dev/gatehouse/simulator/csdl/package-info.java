/** Microsoft Graph's metadata as a measure: is an answer what its type says? */
@NullMarked
package dev.gatehouse.simulator.csdl;

import org.jspecify.annotations.NullMarked;
