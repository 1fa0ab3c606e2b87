package dev.gatehouse.model;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The GUID that the provider gave this customer; the guest account is named after it. The guide's own example,
 * {@code a123bc45-aa12-123b}, is shorter than a whole GUID, so any groups of hexadecimal digits are taken.
 *
 * @param value in small letters
 */
public record OrganizationGuid(String value) {

    private static final Pattern SHAPE = Pattern.compile("\\p{XDigit}{4,}(-\\p{XDigit}{4,})+");

    public OrganizationGuid {
        value = value.strip().toLowerCase(Locale.ROOT);
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "The organization GUID must look like a123bc45-aa12-123b. Your security provider tells you yours.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
