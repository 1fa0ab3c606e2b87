package dev.gatehouse.model;

/** The kinds of things that evidence points at and that people search for. */
public enum EntityKind {
    ACCOUNT,
    HOST,
    IP_ADDRESS,
    GROUP,
    DOMAIN,
    APPLICATION,
    FILE,
    PROCESS,
    URL,
    /** What Windows knows an account or group by, beside its name. */
    SID,
    OTHER
}
