package dev.gatehouse.workbench.files;

/** What becomes of an upload. Of one that is not {@link Kept} nothing is stored. */
public sealed interface Uploaded {

    /** All bytes are stored. */
    record Kept(StoredFile file) implements Uploaded {}

    /**
     * There are more bytes than a file may have.
     *
     * @param sentence that names the limit
     */
    record TooLarge(String sentence) implements Uploaded {}

    /**
     * It has been uploaded already, or is being uploaded.
     *
     * @param sentence that says what
     */
    record Refused(String sentence) implements Uploaded {}

    /** The bytes stopped coming before the end, or were no upload. */
    record BrokeOff(String sentence) implements Uploaded {}
}
