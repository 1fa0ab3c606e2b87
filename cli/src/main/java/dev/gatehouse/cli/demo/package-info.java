/**
 * {@code gatehouse demo}: a simulator and a Workbench with its tenants, as children of this process. Read {@link
 * dev.gatehouse.cli.demo.Demo} first.
 */
@NullMarked
package dev.gatehouse.cli.demo;

import org.jspecify.annotations.NullMarked;
