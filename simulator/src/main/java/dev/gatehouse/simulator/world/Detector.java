package dev.gatehouse.simulator.world;

import java.util.List;

/**
 * One kind of alert that Defender for Identity raises.
 *
 * @param id the external id of a classic detection ({@code 2006}) or the detector id of one on the newer engine
 *     ({@code xdr_PossibleNetsyncAttack})
 * @param title as the portal shows it
 * @param severity as Graph spells it, the first one that the catalogue names
 * @param categories the tactics as Microsoft spells them in an alert, {@code CredentialAccess}; the first is the
 *     alert's {@code category}
 * @param techniques MITRE ATT&amp;CK ids; may be empty
 */
record Detector(String id, String title, String severity, List<String> categories, List<String> techniques) {

    Detector {
        categories = List.copyOf(categories);
        techniques = List.copyOf(techniques);
    }

    boolean isOnTheNewerEngine() {
        return id.startsWith("xdr_");
    }

    String category() {
        return categories.getFirst();
    }
}
