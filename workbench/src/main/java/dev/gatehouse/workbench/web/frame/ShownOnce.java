package dev.gatehouse.workbench.web.frame;

import java.io.Serializable;

/**
 * A secret that was just made for somebody, for the one page that shows it.
 *
 * @param sentence whose it is, and what to do with it
 * @param secret the password or the token
 */
public record ShownOnce(String sentence, String secret) implements Serializable {

    @Override
    public String toString() {
        return sentence + " ••••";
    }
}
