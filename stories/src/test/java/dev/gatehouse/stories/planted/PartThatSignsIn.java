package dev.gatehouse.stories.planted;

import dev.gatehouse.setup.signin.SignInMethod;

/** A part of a set-up that asks the administrator to sign in by itself, which is forbidden. */
public final class PartThatSignsIn {
    /** Uses what it must not know. */
    public String shown(SignInMethod method) {
        return method.toString();
    }
}
