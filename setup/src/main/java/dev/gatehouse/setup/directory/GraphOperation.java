package dev.gatehouse.setup.directory;

/** The kinds of requests that a set-up makes. Microsoft's words for "there already" and "not there yet" differ by them. */
public enum GraphOperation {
    READ,
    INVITE,
    CHANGE_USER,
    ASSIGN_ROLE,
    ADD_PARTNER,
    CHANGE_PARTNER,
    REGISTER_APPLICATION,
    CHANGE_APPLICATION,
    ADD_OWNER,
    ADD_SECRET,
    REMOVE_SECRET,
    CHANGE_CERTIFICATES,
    CREATE_SERVICE_PRINCIPAL,
    CHANGE_SERVICE_PRINCIPAL,
    GRANT_APPLICATION_PERMISSION,
    GRANT_DELEGATED_PERMISSION,
    CHANGE_DELEGATED_PERMISSION,
    DELETE
}
