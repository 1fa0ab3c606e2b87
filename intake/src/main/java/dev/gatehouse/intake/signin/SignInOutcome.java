package dev.gatehouse.intake.signin;

import dev.gatehouse.model.Diagnosis;

/** How a sign-in can end. */
public sealed interface SignInOutcome {

    /** Entra gave a token. It may still lack permissions, see {@link AccessToken#roles()}. */
    record Granted(AccessToken token) implements SignInOutcome {}

    /** Entra refused, or could not be reached. */
    record Refused(Diagnosis diagnosis) implements SignInOutcome {}
}
