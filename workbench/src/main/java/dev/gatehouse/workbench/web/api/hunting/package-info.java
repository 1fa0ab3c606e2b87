/**
 * The resource of hunting queries. Comes in: a Kusto query for one device's tenant. Goes out: its rows as Microsoft
 * sent them. Goes wrong: a query that Microsoft refuses, which is answered with cause and cure. Read {@link
 * dev.gatehouse.workbench.web.api.hunting.HuntingQueryApi} first.
 */
@NullMarked
package dev.gatehouse.workbench.web.api.hunting;

import org.jspecify.annotations.NullMarked;
