/**
 * What commands that list something have in common: filters, paging, the table and the JSON. Read {@link
 * dev.gatehouse.cli.list.ListCommand} first.
 */
@NullMarked
package dev.gatehouse.cli.list;

import org.jspecify.annotations.NullMarked;
