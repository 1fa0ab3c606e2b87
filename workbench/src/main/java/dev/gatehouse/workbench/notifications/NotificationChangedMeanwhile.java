package dev.gatehouse.workbench.notifications;

/** Somebody wanted to change or remove something that has changed since they looked. Nothing was done. */
public class NotificationChangedMeanwhile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotificationChangedMeanwhile(String by) {
        super("Nothing was changed, because %s has changed it since you looked.".formatted(by));
    }
}
