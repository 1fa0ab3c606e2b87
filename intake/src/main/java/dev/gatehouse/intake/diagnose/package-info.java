/**
 * Says in plain words why something with Microsoft did not work, and who has to do what about it. Comes in: an answer, or
 * how a connection broke. Goes out: a {@link dev.gatehouse.model.Diagnosis}, always. Nothing goes wrong here: what is not
 * known is explained by its status. Read {@link dev.gatehouse.intake.diagnose.EntraDiagnosis} first.
 */
@NullMarked
package dev.gatehouse.intake.diagnose;

import org.jspecify.annotations.NullMarked;
