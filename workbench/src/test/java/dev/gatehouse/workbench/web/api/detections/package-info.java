@NullMarked
package dev.gatehouse.workbench.web.api.detections;

import org.jspecify.annotations.NullMarked;
