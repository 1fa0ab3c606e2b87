package dev.gatehouse.model;

/**
 * The Value of a client secret. It prints as dots, so that it cannot slip into a log, a page or an exception.
 *
 * <p>Entra shows two columns for a secret: the Value, which signs in, and the Secret ID, a GUID, which does not.
 * People paste the wrong one, see {@link #looksLikeSecretId()}.
 */
public final class ClientSecret implements Credential {

    private final String value;

    /**
     * Keeps what somebody pasted, without blanks and invisible characters, which no secret has.
     *
     * @throws IllegalArgumentException when nothing else was given
     */
    public ClientSecret(String value) {
        this.value = Pasted.value(value);
        if (this.value.isEmpty()) {
            throw new IllegalArgumentException(
                    "Client secret is empty. Paste the secret's Value from Certificates & secrets.");
        }
    }

    /** The secret itself. Call this only where it leaves for Microsoft or for the encrypted store. */
    @Override
    public String reveal() {
        return value;
    }

    /** Whether this is a GUID, as Secret IDs are and Values never are. */
    public boolean looksLikeSecretId() {
        return Guid.isOne(value);
    }

    /**
     * Whether something in it was never part of a secret, such as typographic quotes, an ellipsis, or the stars that the
     * portal shows once the page was left. Microsoft makes secrets of visible ASCII characters.
     */
    public boolean looksMangled() {
        return value.contains("***") || value.chars().anyMatch(character -> character < '!' || character > '~');
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientSecret that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "••••••";
    }
}
