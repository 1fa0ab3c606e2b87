package dev.gatehouse.simulator.world;

/** Who raised an alert, in the three spellings that Microsoft uses, and how the ids of its alerts begin. */
enum Product {
    IDENTITY("microsoftDefenderForIdentity", "microsoftDefenderForIdentity", "Microsoft Defender for Identity", "aa"),
    /** Detections of Defender for Identity that run on the newer engine and go by the name of the whole suite. */
    IDENTITY_ON_THE_NEWER_ENGINE(
            "microsoft365Defender", "microsoftDefenderForIdentity", "Microsoft Defender for Identity", "ra"),
    ENDPOINT("microsoftDefenderForEndpoint", "microsoftDefenderForEndpoint", "Microsoft Defender for Endpoint", "da"),
    CLOUD_APPS("microsoftDefenderForCloudApps", "cloudAppSecurity", "Microsoft Defender for Cloud Apps", "ca");

    final String serviceSource;
    final String detectionSource;
    final String displayName;
    final String idPrefix;

    Product(String serviceSource, String detectionSource, String displayName, String idPrefix) {
        this.serviceSource = serviceSource;
        this.detectionSource = detectionSource;
        this.displayName = displayName;
        this.idPrefix = idPrefix;
    }

    /**
     * The product of one of Defender for Identity's detectors. Which service the detections on the newer engine name is
     * not documented; here those about the beginning of an attack name the suite, so that a reader has to cope with
     * both.
     */
    static Product of(Detector detector) {
        var namesTheSuite = detector.isOnTheNewerEngine()
                && (detector.category().equals("InitialAccess")
                        || detector.category().equals("Persistence"));
        return namesTheSuite ? IDENTITY_ON_THE_NEWER_ENGINE : IDENTITY;
    }

    /** The display name of the service source, as hunting tables show it. */
    String serviceName() {
        return this == IDENTITY_ON_THE_NEWER_ENGINE ? "Microsoft Defender XDR" : displayName;
    }
}
