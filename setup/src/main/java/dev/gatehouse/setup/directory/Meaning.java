package dev.gatehouse.setup.directory;

/** What an answer that is no success means for what was asked. */
public enum Meaning {
    /** It may have been carried out although no good answer came. Look before ordering again. */
    UNCLEAR,
    /** Microsoft is too busy for it now. The same order later may do. */
    BUSY,
    /** Something that it needs is not known, or not yet known, to the server that answered. The same order later may do. */
    NOT_THERE_YET,
    /** What it would make is there. Look for that; ordering again cannot help. */
    THERE_ALREADY,
    /** Whoever asked may not do it, or the server that answered does not know yet that they may. */
    NOT_ALLOWED,
    /** The tenant's policy asks for a key that ends sooner. Another order may do. */
    LIVES_TOO_LONG,
    /** It stays so until a person changes something. */
    FINAL
}
