package dev.gatehouse.simulator.world;

/** How an analyst closes a case, in Graph's spellings of classification and determination. */
enum Verdict {
    MULTI_STAGED_ATTACK("truePositive", "multiStagedAttack"),
    COMPROMISED_ACCOUNT("truePositive", "compromisedAccount"),
    MALICIOUS_USER("truePositive", "maliciousUserActivity"),
    MALWARE("truePositive", "malware"),
    SECURITY_TESTING("informationalExpectedActivity", "securityTesting"),
    NOT_MALICIOUS("falsePositive", "notMalicious");

    final String classification;
    final String determination;

    Verdict(String classification, String determination) {
        this.classification = classification;
        this.determination = determination;
    }
}
