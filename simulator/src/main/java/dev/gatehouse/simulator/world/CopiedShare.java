package dev.gatehouse.simulator.world;

import static dev.gatehouse.simulator.world.Evidence.cloudApplication;
import static dev.gatehouse.simulator.world.Evidence.ip;
import static dev.gatehouse.simulator.world.Evidence.user;

import java.util.List;

/** Not for Defender for Identity: Defender for Cloud Apps sees someone download a great many files. */
final class CopiedShare implements Story {

    private static final Detector MASS_DOWNLOAD = new Detector(
            "MCAS_ALERT_ANUBIS_DETECTION_REPEATED_ACTIVITY_MASS_DOWNLOAD",
            "Mass download",
            "medium",
            List.of("Exfiltration"),
            List.of("T1530"));

    @Override
    public void play(Scene scene) {
        var person = scene.employee();
        var somewhere = scene.attackersPlace();

        scene.later(0.5);
        scene.leaves(ActivityRecord.cloudLogon(person, somewhere, "Microsoft SharePoint Online"));
        scene.alert(
                Product.CLOUD_APPS,
                MASS_DOWNLOAD,
                "The user %s downloaded more than 412 files from Microsoft SharePoint Online within 5 minutes."
                        .formatted(person),
                user(person, "compromised"),
                ip(somewhere, "source"),
                cloudApplication("Microsoft SharePoint Online", 20_892, "destination"));

        scene.later(25);
        scene.analystTakesOver();
        scene.later(8);
        scene.analystResolves(
                Verdict.NOT_MALICIOUS, "%s moved a project archive; confirmed by phone.".formatted(person));
    }
}
