/**
 * The client secrets and certificates of an app registration. Comes in: the app registration and the terms of the
 * tenant's policy. Goes out: a new credential that was tried and put away with its {@code SecretKeeper}, or the
 * reason why not. Read {@link dev.gatehouse.setup.credentials.ApplicationCredentials} first.
 */
@NullMarked
package dev.gatehouse.setup.credentials;

import org.jspecify.annotations.NullMarked;
