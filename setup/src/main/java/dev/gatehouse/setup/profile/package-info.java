/**
 * What a security provider asks of every customer's tenant: the guest and its role, the trust, the app
 * registration. Comes in: JSON. Goes out: a checked {@link dev.gatehouse.setup.profile.ProviderProfile}, or an
 * error that names the field and the cure.
 */
@NullMarked
package dev.gatehouse.setup.profile;

import org.jspecify.annotations.NullMarked;
