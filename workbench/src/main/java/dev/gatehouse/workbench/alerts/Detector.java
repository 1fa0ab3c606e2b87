package dev.gatehouse.workbench.alerts;

import dev.gatehouse.workbench.detections.Decision;
import dev.gatehouse.workbench.detections.Subject;

/** Says what becomes of a vendor alert; in a running Workbench these are the detection rules. */
@FunctionalInterface
public interface Detector {

    /** Says what becomes of a vendor alert: there is an answer for every one. */
    Decision decide(Subject subject);
}
