/**
 * Keeps client secrets and private keys sealed, with a key that is not in the database. Comes in: a secret and whose it is. Goes out:
 * bytes that are safe to store. Goes wrong: {@link dev.gatehouse.workbench.platform.secrets.Opened.Locked}, when the key is
 * missing or another. Read {@link dev.gatehouse.workbench.platform.secrets.Vault} first.
 */
@NullMarked
package dev.gatehouse.workbench.platform.secrets;

import org.jspecify.annotations.NullMarked;
