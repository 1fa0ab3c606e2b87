package dev.gatehouse.workbench.people;

import dev.gatehouse.model.Pasted;
import java.util.Locale;

/**
 * What somebody typed about an organization, unchecked but for invisible characters.
 *
 * @param name what people call it
 * @param shortName the prefix of its case numbers; blank to have one made from the name
 * @param guid its organization GUID; blank for a new one
 * @param region free text; may be blank
 * @param notes free text; may be blank
 */
public record OrganizationDraft(String name, String shortName, String guid, String region, String notes) {

    public OrganizationDraft {
        name = Pasted.text(name);
        shortName = Pasted.value(shortName).toUpperCase(Locale.ROOT);
        guid = Pasted.value(guid);
        region = Pasted.text(region);
        notes = notes.strip();
    }

    /** Of which nothing but a name is known. */
    public static OrganizationDraft named(String name) {
        return new OrganizationDraft(name, "", "", "", "");
    }

    /** Of which the guest account is known already. */
    public OrganizationDraft withGuid(String wanted) {
        return new OrganizationDraft(name, shortName, wanted, region, notes);
    }

    /** With a short name that somebody chose. */
    public OrganizationDraft withShortName(String wanted) {
        return new OrganizationDraft(name, wanted, guid, region, notes);
    }
}
