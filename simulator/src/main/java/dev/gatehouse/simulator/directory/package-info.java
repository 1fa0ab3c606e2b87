/**
 * The directory side of the pretend Graph: users and invitations, roles, cross-tenant access, applications, consent, and
 * the sign-in of administrators. Comes in: requests with a delegated or an application token. Goes out: what Microsoft's
 * reference says, conflicts, replication and forbidden calls included. What is changed here holds for sign-ins at once:
 * tokens follow the directory. Read {@link dev.gatehouse.simulator.directory.CustomerDirectory} first, then
 * {@link dev.gatehouse.simulator.directory.DirectoryEndpoints}.
 */
@NullMarked
package dev.gatehouse.simulator.directory;

import org.jspecify.annotations.NullMarked;
