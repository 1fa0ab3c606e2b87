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
    /** Of a file, in small hexadecimal digits: SHA-256, SHA-1 or MD5. */
    HASH,
    PROCESS,
    URL,
    /** What Windows knows an account or group by, beside its name. */
    SID,
    OTHER
}
