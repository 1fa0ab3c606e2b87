package dev.gatehouse.simulator.graph;

import java.util.List;
import java.util.Optional;

/**
 * Graph's enumerations that a filter can name, or that have grown since clients were first written. Members after
 * {@code unknownFutureValue} are told only to clients that say they can bear them. A test compares the members with the
 * metadata.
 */
enum Enumeration {
    ALERT_SEVERITY("alertSeverity", "unknown informational low medium high unknownFutureValue"),
    ALERT_STATUS("alertStatus", "unknown new inProgress resolved unknownFutureValue"),
    INCIDENT_STATUS("incidentStatus", "active resolved inProgress redirected unknownFutureValue awaitingAction"),
    CLASSIFICATION(
            "alertClassification",
            "unknown falsePositive truePositive informationalExpectedActivity unknownFutureValue"),
    DETERMINATION(
            "alertDetermination",
            "unknown apt malware securityPersonnel securityTesting unwantedSoftware other multiStagedAttack"
                    + " compromisedAccount phishing maliciousUserActivity notMalicious notEnoughDataToValidate"
                    + " confirmedActivity lineOfBusinessApplication unknownFutureValue"),
    SERVICE_SOURCE(
            "serviceSource",
            "unknown microsoftDefenderForEndpoint microsoftDefenderForIdentity microsoftDefenderForCloudApps"
                    + " microsoftDefenderForOffice365 microsoft365Defender azureAdIdentityProtection"
                    + " microsoftAppGovernance dataLossPrevention unknownFutureValue microsoftDefenderForCloud"
                    + " microsoftSentinel microsoftInsiderRiskManagement microsoftThreatIntelligence"
                    + " microsoftSecurityForAI"),
    DETECTION_SOURCE(
            "detectionSource",
            "unknown microsoftDefenderForEndpoint antivirus smartScreen customTi microsoftDefenderForOffice365"
                    + " automatedInvestigation microsoftThreatExperts customDetection microsoftDefenderForIdentity"
                    + " cloudAppSecurity microsoft365Defender azureAdIdentityProtection manual"
                    + " microsoftDataLossPrevention appGovernancePolicy appGovernanceDetection unknownFutureValue"
                    + " microsoftDefenderForCloud microsoftDefenderForIoT microsoftDefenderForServers"
                    + " microsoftDefenderForStorage microsoftDefenderForDNS microsoftDefenderForDatabases"
                    + " microsoftDefenderForContainers microsoftDefenderForNetwork microsoftDefenderForAppService"
                    + " microsoftDefenderForKeyVault microsoftDefenderForResourceManager"
                    + " microsoftDefenderForApiManagement nrtAlerts scheduledAlerts"
                    + " microsoftDefenderThreatIntelligenceAnalytics builtInMl microsoftInsiderRiskManagement"
                    + " microsoftThreatIntelligence microsoftDefenderForAIServices securityCopilot microsoftSentinel"),
    REMEDIATION_STATUS(
            "evidenceRemediationStatus",
            "none remediated prevented blocked notFound unknownFutureValue active pendingApproval declined unremediated"
                    + " running partiallyRemediated");

    static final String UNKNOWN_FUTURE_VALUE = "unknownFutureValue";

    private final String typeName;

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
    private final List<String> members;

    Enumeration(String typeName, String members) {
        this.typeName = typeName;
        this.members = List.of(members.split(" ", -1));
    }

    /** The name in Graph's metadata, within {@code microsoft.graph.security}. */
    String typeName() {
        return typeName;
    }

    /** In the order of the metadata. */
    List<String> members() {
        return members;
    }

    /** The member of that name. Case does not matter, since Microsoft's own samples mix it. */
    Optional<String> member(String name) {
        return members.stream().filter(member -> member.equalsIgnoreCase(name)).findFirst();
    }

    /** Whether the member came later than {@code unknownFutureValue}. */
    boolean isNew(String member) {
        return members.indexOf(member) > members.indexOf(UNKNOWN_FUTURE_VALUE);
    }
}
