/**
 * {@code gatehouse generate}: fills an empty database with made-up customers. Read
 * {@link dev.gatehouse.cli.generate.GenerateCommand} first.
 */
@NullMarked
package dev.gatehouse.cli.generate;

import org.jspecify.annotations.NullMarked;
