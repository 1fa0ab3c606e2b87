@NullMarked
package dev.gatehouse.workbench.web.api.collection;

import org.jspecify.annotations.NullMarked;
