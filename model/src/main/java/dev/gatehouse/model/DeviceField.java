package dev.gatehouse.model;

import java.util.List;
import java.util.Optional;

/**
 * A field of a security device. The form, the API's attributes, the columns of an import, the command line's options, what is
 * checked of every text, the words of a history and the table in {@code docs/cli.md} all follow from what stands here, in
 * this order.
 *
 * <p>Who adds a field gives it a constant here, says in {@code SecurityDevice} what a device has of it and in {@code
 * DeviceTable} which column keeps it, and adds its row to the documentation, which a test prints. A check of its own, such
 * as whether there is a cloud of that name, goes to {@code DeviceChecks}.
 */
public enum DeviceField {
    NAME(
            describe("name", "Name", Kind.TEXT, "What the device is called in the Workbench.")
                    .required("Name is empty. Enter what people will know this device by.")
                    .example("CompanyName Microsoft Defender for Identity")
                    .hint(
                            "A name that helps you identify this integration, such as \"CompanyName Microsoft Defender for Identity\". It appears in the Name column, and you can filter on it.")),
    LOCATION(
            describe("location", "Location", Kind.TEXT, "Where it is, in the customer's words, e.g. cloud or a site.")
                    .required("Location is empty. Enter where this device is, for example cloud.")
                    .example("cloud")
                    .hint(
                            "Where this integration is, for example \"cloud\". You can filter on it, so name locations consistently.")),
    KIND(describe(
                    "plugin_slug",
                    "Technology",
                    Kind.CHOICE,
                    "What the device is: microsoft_defender_for_identity or microsoft_defender_xdr. A device keeps it.")
            .onlyWhenAdded()
            .in(Section.NOWHERE)),
    ORGANIZATION(describe(
                    "organization",
                    "Organization",
                    Kind.CHOICE,
                    "Whose directory it is: a short name, an organization GUID or a name. Empty: as it was said before, or the only organization there is.")
            .onlyForSoc()
            .hint("The customer whose directory this is. Their people see what comes from it.")),
    APPLICATION_OF(
            describe(
                            "application_of",
                            "Use the application of",
                            Kind.CHOICE,
                            "The id or the name of another device whose application and secret or certificate this one uses, too.")
                    .writeOnly()
                    .neededToConnect()
                    .onlyWhenAdded()
                    .blankChoice("None, I have the values of step 2")
                    .hint(
                            "Optional: a device on the same directory. Its Directory ID, Application ID and secret are used for this one, too; leave those fields empty.")),
    DIRECTORY_ID(describe("directory_id", "Directory ID", Kind.ID, "Directory (tenant) ID of the app registration.")
            .required()
            .neededToConnect()
            .hint("The Directory (tenant) ID value from step 2, on the app registration's Overview page.")),
    APPLICATION_ID(
            describe("application_id", "Application ID", Kind.ID, "Application (client) ID of the app registration.")
                    .required()
                    .neededToConnect()
                    .hint("The Application (client) ID value from step 2, on the same page.")),
    CLIENT_SECRET(
            describe("client_secret", "Client secret", Kind.SECRET, "The secret's Value, not the Secret ID.")
                    .writeOnly()
                    .neededToConnect()
                    .hint(
                            "The client secret Value from step 2, not the Secret ID. It is stored encrypted and never shown again.")
                    .hintOfChange(
                            "Leave it empty to keep the stored secret. To replace it, paste the new secret's Value, not the Secret ID.")),
    CLIENT_SECRET_EXPIRES(
            describe(
                            "client_secret_expires_at",
                            "Client secret expires",
                            Kind.DATE,
                            "The day on which the client secret expires, e.g. 2028-11-22. Otherwise nobody is warned.")
                    .writeOnly()
                    .hint(
                            "Optional: the day in the Expires column of Certificates & secrets, 730 days after the secret was made if step 2 was followed. Gatehouse counts down to it and warns in time.")),
    CLIENT_SECRET_ID(
            describe("client_secret_id", "Client secret ID", Kind.ID, "The Secret ID of the client secret, when known.")
                    .writeOnly()
                    .in(Section.NOWHERE)),
    CLIENT_CERTIFICATE(
            describe(
                            "client_certificate",
                            "Certificate and private key",
                            Kind.SECRET_LINES,
                            "A certificate and its RSA private key as PEM, in place of a client secret.")
                    .writeOnly()
                    .neededToConnect()
                    .in(Section.CERTIFICATE)
                    .example("-----BEGIN CERTIFICATE-----")
                    .hint(
                            "PEM: the certificate that is uploaded under Certificates & secrets, and its RSA private key. Leave the client secret empty then. Both are stored encrypted and never shown again; when it expires stands in the certificate.")),
    CLOUD(
            describe(
                            "cloud",
                            "Cloud",
                            Kind.CHOICE,
                            "The Microsoft cloud of the tenant. Empty: that of the setting usual-cloud, which is global unless it was changed.")
                    .neededToConnect()
                    .in(Section.ADVANCED)
                    .hint(
                            "Microsoft's cloud that the tenant lives in. Almost all tenants are in the one that is chosen here at first."));

    /** What a field holds, and with that how it is typed in and checked. */
    public enum Kind {
        /** A line for people, which spreadsheets and portals may have put blanks around. */
        TEXT(200),
        /** A GUID of Microsoft's. */
        ID(100),
        /** A line that is never shown again. */
        SECRET(500),
        /** Several lines that are never shown again. */
        SECRET_LINES(20_000),
        /** A day, or a time. */
        DATE(100),
        /** One of a few; the Workbench knows which. */
        CHOICE(200);

        private final int longest;

        Kind(int longest) {
            this.longest = longest;
        }

        /** How many characters may be typed. */
        public int longest() {
            return longest;
        }

        /** Whether it may stand in no log, page, message or list of processes. */
        public boolean isSecret() {
            return this == SECRET || this == SECRET_LINES;
        }
    }

    /** The parts of the form. */
    public enum Section {
        ALWAYS_OPEN(""),
        CERTIFICATE("Use a certificate in place of a secret"),
        ADVANCED("Advanced"),
        /** Not on the form: only programs know it. */
        NOWHERE("");

        private final String title;

        Section(String title) {
            this.title = title;
        }

        /** What stands above it; empty for one that is not folded away. */
        public String title() {
            return title;
        }

        /** The fields of this part, in their order. */
        public List<DeviceField> fields() {
            return ALL.stream().filter(field -> field.section() == this).toList();
        }
    }

    /** Every field, in the order of the setup guide. */
    public static final List<DeviceField> ALL = List.of(values());

    private final String key;
    private final String label;
    private final Kind kind;
    private final String help;
    private final boolean isRequired;
    private final String whenEmpty;
    private final boolean isWriteOnly;
    private final boolean isNeededToConnect;
    private final boolean isOnlyForSoc;
    private final boolean isOnlyWhenAdded;
    private final String blankChoice;
    private final String example;
    private final String hint;
    private final String hintOfChange;
    private final Section section;

    DeviceField(Description description) {
        key = description.key;
        label = description.label;
        kind = description.kind;
        help = description.help;
        isRequired = description.isRequired;
        whenEmpty = description.whenEmpty;
        isWriteOnly = description.isWriteOnly;
        isNeededToConnect = description.isNeededToConnect;
        isOnlyForSoc = description.isOnlyForSoc;
        isOnlyWhenAdded = description.isOnlyWhenAdded;
        blankChoice = description.blankChoice;
        example = description.example;
        hint = description.hint;
        hintOfChange = description.hintOfChange;
        section = description.section;
    }

    /** The field with that key. */
    public static Optional<DeviceField> of(String key) {
        return ALL.stream().filter(field -> field.key().equals(key)).findFirst();
    }

    /** The name in the API, in imports and in complaints, e.g. {@code directory_id}. */
    public String key() {
        return key;
    }

    /** The name as a part of ids on the page and of options: {@code directory-id}. That a day is one goes without saying. */
    public String id() {
        return key().replaceFirst("_at$", "").replace('_', '-');
    }

    /** The name on the screen and in a history, e.g. {@code Directory ID}. */
    public String label() {
        return label;
    }

    public Kind kind() {
        return kind;
    }

    /** One sentence for the command line and the documentation. */
    public String help() {
        return help;
    }

    /** Whether every device has it. */
    public boolean isRequired() {
        return isRequired;
    }

    /** What is said of a required text that is blank. */
    public String whenEmpty() {
        return whenEmpty;
    }

    /** Whether the API takes it and never gives it back. */
    public boolean isWriteOnly() {
        return isWriteOnly;
    }

    /** Whether people who see just one organization are neither asked for it nor shown it. */
    public boolean isOnlyForSoc() {
        return isOnlyForSoc;
    }

    /** Whether it is decided when a device is added, and not changed any more. */
    public boolean isOnlyWhenAdded() {
        return isOnlyWhenAdded;
    }

    /** What a choice is called that chooses nothing; empty when something has to be chosen. */
    public String blankChoice() {
        return blankChoice;
    }

    /** Whether a connection cannot be tried before it is right. */
    public boolean isNeededToConnect() {
        return isNeededToConnect;
    }

    /** What the form shows in grey while nothing is typed. */
    public String example() {
        return example;
    }

    /** What the form says below it. */
    public String hint(boolean isNew) {
        return isNew || hintOfChange.isEmpty() ? hint : hintOfChange;
    }

    /** Where it stands on the form. */
    public Section section() {
        return section;
    }

    /** The option of the command line; empty for a secret, which is never an argument. */
    public Optional<String> option() {
        return kind().isSecret() ? Optional.empty() : Optional.of("--" + id());
    }

    private static Description describe(String key, String label, Kind kind, String help) {
        return new Description(key, label, kind, help);
    }

    /** Takes down what is to be said of a field. */
    private static final class Description {

        private final String key;
        private final String label;
        private final Kind kind;
        private final String help;
        private boolean isRequired;
        private String whenEmpty = "";
        private String example;
        private String hint = "";
        private String hintOfChange = "";
        private Section section = Section.ALWAYS_OPEN;
        private boolean isWriteOnly;
        private boolean isNeededToConnect;
        private boolean isOnlyForSoc;
        private boolean isOnlyWhenAdded;
        private String blankChoice = "";

        Description(String key, String label, Kind kind, String help) {
            this.key = key;
            this.label = label;
            this.kind = kind;
            this.help = help;
            this.example = kind == Kind.ID ? "00000000-0000-0000-0000-000000000000" : "";
        }

        Description required() {
            isRequired = true;
            return this;
        }

        Description required(String sentenceWhenEmpty) {
            whenEmpty = sentenceWhenEmpty;
            return required();
        }

        Description writeOnly() {
            isWriteOnly = true;
            return this;
        }

        Description onlyForSoc() {
            isOnlyForSoc = true;
            return this;
        }

        Description onlyWhenAdded() {
            isOnlyWhenAdded = true;
            return this;
        }

        Description blankChoice(String title) {
            blankChoice = title;
            return this;
        }

        Description neededToConnect() {
            isNeededToConnect = true;
            return this;
        }

        Description example(String text) {
            example = text;
            return this;
        }

        Description hint(String text) {
            hint = text;
            return this;
        }

        Description hintOfChange(String text) {
            hintOfChange = text;
            return this;
        }

        Description in(Section wanted) {
            section = wanted;
            return this;
        }
    }
}
