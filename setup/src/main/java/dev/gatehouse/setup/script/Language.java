package dev.gatehouse.setup.script;

/** What a script is written in. */
public enum Language {
    /** With curl and jq; signs in by device code. */
    BASH("setup.bash"),
    /** With the module Microsoft.Graph.Authentication. */
    POWERSHELL("setup.ps1"),
    /** With the providers azuread, and msgraph for cross-tenant access, which azuread does not know. */
    TERRAFORM("setup.tf");

    private final String template;

    Language(String template) {
        this.template = template;
    }

    String template() {
        return template;
    }
}
