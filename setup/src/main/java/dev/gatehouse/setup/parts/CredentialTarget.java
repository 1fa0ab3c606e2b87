package dev.gatehouse.setup.parts;

import dev.gatehouse.model.Cloud;
import dev.gatehouse.setup.credentials.Proof;
import dev.gatehouse.setup.credentials.SecretKeeper;
import dev.gatehouse.setup.retry.RetryPolicy;
import java.util.Optional;

/**
 * Where a new secret or certificate goes.
 *
 * @param cloud where the tenant lives
 * @param keeper who takes it; without one none is made, because nobody could ever read it
 * @param proof tries it before the device goes over to it from another
 * @param retryPolicy how long to wait until Microsoft's servers know it
 */
public record CredentialTarget(Cloud cloud, Optional<SecretKeeper> keeper, Proof proof, RetryPolicy retryPolicy) {}
