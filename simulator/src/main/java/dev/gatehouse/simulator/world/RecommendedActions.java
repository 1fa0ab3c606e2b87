package dev.gatehouse.simulator.world;

/** What Defender recommends to do about an alert, by what the attacker was after. */
final class RecommendedActions {

    private RecommendedActions() {}

    static String about(Detector detector) {
        return switch (detector.category()) {
            case "Discovery" -> """
                    1. Find out which tool ran the queries on the source computer, and whether its owner started it.
                    2. Look for later sign-ins of the exposed accounts from the same computer.
                    3. If the activity is not explained, isolate the source computer and reset the password of the account.""";
            case "CredentialAccess" -> """
                    1. Reset the passwords of the accounts whose credentials may have been taken, service accounts first.
                    2. Investigate the source computer: who is signed in, and which processes touched credentials.
                    3. If the key of krbtgt may be known to the attacker, reset it twice, with the replication interval between.
                    4. Review who may replicate directory changes, and take that right from every account that does not need it.""";
            case "LateralMovement" -> """
                    1. Contain the source and the destination computer.
                    2. Reset the password of the account and close its open sessions.
                    3. Look at the lateral movement paths of the account and remove administrators' sign-ins from workstations.""";
            case "Execution" -> """
                    1. Find the service or task that was created and what it started.
                    2. Contain the destination computer; treat a domain controller as lost until proven otherwise.
                    3. Reset the password of the account that created it.""";
            case "Persistence", "PrivilegeEscalation" -> """
                    1. Undo the change unless its author confirms it, and check what was done since.
                    2. Disable the account that made the change, and investigate where it signed in from.
                    3. Review the members of all sensitive groups and the accounts that may change them.""";
            case "DefenseEvasion" -> """
                    1. Undo the change and check the gap in the logs that it left.
                    2. Contain the source computer.
                    3. Confirm that every domain controller in the directory is known.""";
            case "Exfiltration", "Collection" -> """
                    1. Find out what the copied files contain and who must be told.
                    2. Contain the computer that received them, and reset the account's password.""";
            default -> """
                    1. Ask the account's owner whether the sign-in was theirs, by a way that the attacker does not control.
                    2. Revoke the account's sessions, reset its password and its second factors.
                    3. Review what the account did since the first activity of this alert.""";
        };
    }
}
