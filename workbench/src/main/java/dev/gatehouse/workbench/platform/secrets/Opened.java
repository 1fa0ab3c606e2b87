package dev.gatehouse.workbench.platform.secrets;

import dev.gatehouse.model.Credential;

/** How opening a sealed secret can end. */
public sealed interface Opened {

    record Plain(Credential credential) implements Opened {}

    /**
     * The key is missing, is another one than the secret was sealed with, or the sealed bytes were changed.
     *
     * @param cause one sentence for people
     * @param cure what to do about it
     */
    record Locked(String cause, String cure) implements Opened {}
}
