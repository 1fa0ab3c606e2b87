package dev.gatehouse.workbench.detections;

import java.util.List;

/**
 * What a rule is about, in the ids of MITRE ATT&amp;CK.
 *
 * @param tactics e.g. {@code TA0006}
 * @param techniques e.g. {@code T1003.006}
 */
public record Attack(List<String> tactics, List<String> techniques) {

    public Attack {
        tactics = List.copyOf(tactics);
        techniques = List.copyOf(techniques);
    }
}
