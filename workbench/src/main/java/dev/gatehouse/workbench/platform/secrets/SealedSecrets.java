package dev.gatehouse.workbench.platform.secrets;

/** Where sealed secrets are kept. The vault asks whether there are any before it makes a key that opens none of them. */
public interface SealedSecrets {

    /** How many sealed secrets are in use. */
    long count();
}
