@NullMarked
package dev.gatehouse.workbench.web.pages.detections;

import org.jspecify.annotations.NullMarked;
