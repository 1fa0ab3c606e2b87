package dev.gatehouse.intake.http;

/** The ways in which a request can end without an answer. */
public enum Breakage {
    /** The name has no address. */
    UNKNOWN_HOST,
    /** Nobody listens there. */
    REFUSED,
    /** The network gives no way there, or the connection was reset before it stood. */
    UNREACHABLE,
    /** The certificate of the other side is not trusted, or is for another name. */
    UNTRUSTED,
    /** TLS failed for another reason than trust. */
    TLS_FAILED,
    /** Connecting or reading took longer than allowed. */
    TIMED_OUT,
    /** All our connections to the host were in use. */
    NO_CONNECTION_FREE,
    /** The connection stood, and ended before the answer was whole: closed, reset, or its TLS broken. */
    BROKEN_OFF,
    /** What came is not HTTP, or its compression is damaged. */
    GARBLED,
    /** What comes before the body has no end: too many headers, or too long ones. */
    ENDLESS_HEADERS,
    /** The body is larger than allowed. */
    TOO_BIG,
    /** One record of it is larger than allowed. */
    RECORD_TOO_BIG,
    /** Other answers took all the memory there is for them. */
    NO_ROOM
}
