/**
 * Decides which of several processes reads which tenant, and runs the work. Comes in: the devices, and {@link
 * dev.gatehouse.workbench.processes.TenantWork}: whoever has something to do for every tenant makes a bean of that type, whose
 * loops run in the process that holds the tenant, under its lease. Goes out: facts about devices and tenants, to all processes ({@link
 * dev.gatehouse.workbench.devices.ToldEverywhere}). Goes wrong: nothing gets out; a loop that fails tries again, and what
 * a process stores without its lease is refused ({@link dev.gatehouse.workbench.platform.database.Fence}). Read {@link
 * dev.gatehouse.workbench.processes.TenantWork} first, then {@link dev.gatehouse.workbench.processes.Leases}.
 */
@NullMarked
package dev.gatehouse.workbench.processes;

import org.jspecify.annotations.NullMarked;
