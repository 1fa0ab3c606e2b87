package dev.gatehouse.simulator.world;

import static dev.gatehouse.simulator.world.Evidence.device;
import static dev.gatehouse.simulator.world.Evidence.file;
import static dev.gatehouse.simulator.world.Evidence.process;
import static dev.gatehouse.simulator.world.Evidence.user;

import java.util.List;

/** Not for Defender for Identity: Defender for Endpoint finds a malicious download on a workstation. */
final class InfectedWorkstation implements Story {

    private static final Detector MALWARE = new Detector(
            "e0da400f-affd-43ef-b1d5-afc2eb6f2756",
            "Suspicious file was launched from a download folder",
            "low",
            List.of("Execution"),
            List.of("T1204.002"));

    @Override
    public void play(Scene scene) {
        var person = scene.employee();
        var machine = scene.workplaceOf(person);
        var folder = "C:\\Users\\%s\\Downloads".formatted(person.name());
        var hash = scene.random().hex(64);

        scene.later(0.5);
        scene.alert(
                Product.ENDPOINT,
                MALWARE,
                "A file with few known copies was launched from a download folder on %s.".formatted(machine),
                device(machine, "compromised"),
                file("invoice_2231.pdf.exe", folder, 448_000, hash, machine),
                process(
                        "\"%s\\invoice_2231.pdf.exe\"".formatted(folder),
                        "invoice_2231.pdf.exe",
                        folder,
                        hash,
                        person,
                        machine),
                user(person, "compromised"));

        scene.later(15);
        scene.analystTakesOver();
        scene.later(10);
        scene.analystResolves(Verdict.MALWARE, "Removed by antivirus; a full scan found nothing else.");
    }
}
