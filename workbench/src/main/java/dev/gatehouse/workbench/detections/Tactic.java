package dev.gatehouse.workbench.detections;

import java.util.Arrays;
import java.util.Optional;

/**
 * The tactics of MITRE ATT&amp;CK for enterprises (v17), in its order.
 *
 * @see <a href="https://attack.mitre.org/tactics/enterprise/">MITRE ATT&amp;CK</a>
 */
public enum Tactic {
    RECONNAISSANCE("TA0043", "Reconnaissance"),
    RESOURCE_DEVELOPMENT("TA0042", "Resource Development"),
    INITIAL_ACCESS("TA0001", "Initial Access"),
    EXECUTION("TA0002", "Execution"),
    PERSISTENCE("TA0003", "Persistence"),
    PRIVILEGE_ESCALATION("TA0004", "Privilege Escalation"),
    DEFENSE_EVASION("TA0005", "Defense Evasion"),
    CREDENTIAL_ACCESS("TA0006", "Credential Access"),
    DISCOVERY("TA0007", "Discovery"),
    LATERAL_MOVEMENT("TA0008", "Lateral Movement"),
    COLLECTION("TA0009", "Collection"),
    COMMAND_AND_CONTROL("TA0011", "Command and Control"),
    EXFILTRATION("TA0010", "Exfiltration"),
    IMPACT("TA0040", "Impact");

    private final String id;
    private final String title;

    Tactic(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** E.g. {@code TA0006}. */
    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    /** The tactic of that id; empty for one that MITRE has not. */
    public static Optional<Tactic> of(String id) {
        return Arrays.stream(values()).filter(tactic -> tactic.id.equals(id)).findFirst();
    }
}
