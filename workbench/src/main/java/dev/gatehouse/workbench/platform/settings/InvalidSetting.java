package dev.gatehouse.workbench.platform.settings;

/** Something outside the program is not as it has to be. The message is for the operator: what, why, and the cure. */
public class InvalidSetting extends IllegalArgumentException {

    public InvalidSetting(String message) {
        super(message);
    }

    public InvalidSetting(String message, Throwable cause) {
        super(message, cause);
    }
}
