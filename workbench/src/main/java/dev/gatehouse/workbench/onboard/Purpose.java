package dev.gatehouse.workbench.onboard;

/** What an administrator signs in for. */
public enum Purpose {
    /** To confirm what somebody did by hand; permissions to read are enough. */
    CHECK,
    /** To have it done. */
    APPLY
}
