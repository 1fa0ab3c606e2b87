package dev.gatehouse.workbench.detections;

import java.time.Duration;

/**
 * When vendor alerts of a rule are one alert.
 *
 * @param by what they have to have in common
 * @param within how long after the last one that joined; zero when none joins
 */
public record Join(JoinBy by, Duration within) {}
