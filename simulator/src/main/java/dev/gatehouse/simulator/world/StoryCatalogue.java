package dev.gatehouse.simulator.world;

import java.util.List;

/** The stories that are played. A new one is written as a {@link Story} and added here. */
final class StoryCatalogue {

    static final Story DIRECTORY_THEFT = new DirectoryTheft();

    static final List<Story> ATTACKS = List.of(
            DIRECTORY_THEFT,
            new SprayedPassword(),
            new CertificateForgery(),
            new CoercedController(),
            new CuriousInsider(),
            new SynchronisationHijack(),
            new NoisyScanner());

    /** What Defender's other products see; a reader of identity alerts leaves these out. */
    static final List<Story> NEIGHBOURS = List.of(new InfectedWorkstation(), new CopiedShare());

    private StoryCatalogue() {}
}
