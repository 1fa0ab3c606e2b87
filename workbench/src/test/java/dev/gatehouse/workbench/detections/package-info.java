@NullMarked
package dev.gatehouse.workbench.detections;

import org.jspecify.annotations.NullMarked;
