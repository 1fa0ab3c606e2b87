package dev.gatehouse.intake.parse;

import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.DeviceKind.Product;
import dev.gatehouse.model.VendorAlert;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which kinds of device show a vendor alert, which comes to the question whether it is Microsoft Defender for Identity's. One
 * sign is enough, because Microsoft does not say which of them a detection on the newer engine carries: the service source,
 * the detection source, the product name, or a detector of the catalogue. Filtering at Microsoft by service source alone could lose alerts.
 */
public final class Selection {

    private static final String CATALOGUE = "mdi-alerts.csv";
    private static final String WORD = "microsoftDefenderForIdentity";
    private static final String DISPLAY_NAME = "Microsoft Defender for Identity";

    private static final Set<DeviceKind> SHOWING_IDENTITY =
            Collections.unmodifiableSet(DeviceKind.showing(Set.of(Product.DEFENDER_FOR_IDENTITY)));
    private static final Set<DeviceKind> SHOWING_OTHERS = Collections.unmodifiableSet(DeviceKind.showing(Set.of()));

    private final Set<String> detectors;

    private Selection(Set<String> detectors) {
        this.detectors = Set.copyOf(detectors);
    }

    /** The selection with the detectors that Microsoft's documents list. */
    public static Selection ofDefenderForIdentity() {
        try (var catalogue = Selection.class.getResourceAsStream(CATALOGUE)) {
            if (catalogue == null) {
                throw new IllegalStateException("The catalogue %s is missing from this program".formatted(CATALOGUE));
            }
            var lines = new BufferedReader(new InputStreamReader(catalogue, StandardCharsets.UTF_8)).lines();
            return new Selection(lines.skip(1)
                    .map(Selection::detectorOf)
                    .filter(detector -> !detector.isEmpty())
                    .collect(Collectors.toSet()));
        } catch (IOException e) {
            throw new UncheckedIOException("The catalogue %s cannot be read".formatted(CATALOGUE), e);
        }
    }

    /** The third column; those before it never hold quotes or commas. */
    private static String detectorOf(String line) {
        return line.split(",", 4)[2].toLowerCase(Locale.ROOT);
    }

    /** The kinds of device that show an alert. */
    public Set<DeviceKind> kindsOf(VendorAlert alert) {
        return isOfDefenderForIdentity(alert) ? SHOWING_IDENTITY : SHOWING_OTHERS;
    }

    /**
     * Whether an alert is kept; the others are only counted.
     *
     * @param wanted the kinds of the devices that the alert's tenant is read for
     */
    public boolean keeps(VendorAlert alert, Set<DeviceKind> wanted) {
        return !Collections.disjoint(kindsOf(alert), wanted);
    }

    private boolean isOfDefenderForIdentity(VendorAlert alert) {
        return isIdentity(alert.serviceSource())
                || isIdentity(alert.detectionSource())
                || isIdentity(alert.productName())
                || detectors.contains(alert.detectorId().toLowerCase(Locale.ROOT));
    }

    private static boolean isIdentity(String source) {
        return source.equalsIgnoreCase(WORD) || source.equalsIgnoreCase(DISPLAY_NAME);
    }
}
