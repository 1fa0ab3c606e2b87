package dev.gatehouse.workbench.alerts;

import dev.gatehouse.workbench.detections.Decision;
import dev.gatehouse.workbench.detections.Subject;
import java.util.Optional;

/** Asked about every alert before it is made, whether it is to be closed at once, and why. A bean of this type is asked first. */
@FunctionalInterface
public interface NewAlertCheck {

    /**
     * Whether an alert is to be closed at once; empty when it is not. Called inside the transaction that makes it.
     *
     * @param subject the vendor alert that it would be made from
     * @param decision what the rules make of it
     */
    Optional<Tuning.Tuned> check(Subject subject, Decision decision);
}
