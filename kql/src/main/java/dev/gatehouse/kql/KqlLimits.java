package dev.gatehouse.kql;

/**
 * How much one query may ask for.
 *
 * @param maximumRows more rows than these are cut off silently, as Microsoft does
 * @param maximumResultBytes the estimated size of the answer in bytes of JSON; a larger answer is refused. What a query
 *     keeps in memory on the way may be four times as large.
 * @param maximumSteps how often an expression may be worked out for a row, and the like. It stands for the run time,
 *     without depending on the speed of the machine.
 */
public record KqlLimits(int maximumRows, long maximumResultBytes, long maximumSteps) {

    public KqlLimits {
        if (maximumRows < 1 || maximumResultBytes < 1 || maximumSteps < 1) {
            throw new IllegalArgumentException("Limits must be positive, but are " + maximumRows + " rows, "
                    + maximumResultBytes + " bytes, " + maximumSteps + " steps");
        }
    }

    /**
     * 100 000 rows ("Microsoft Graph security API overview", quotas), 124 MB (known of the older advanced hunting API of
     * Defender for Endpoint), and a number of steps that takes some seconds; Microsoft allows three minutes.
     */
    public static KqlLimits microsofts() {
        return new KqlLimits(100_000, 124_000_000, 100_000_000);
    }
}
