package dev.gatehouse.setup.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.model.Cloud;
import dev.gatehouse.setup.parts.SetupParts;
import dev.gatehouse.setup.plan.Action;
import dev.gatehouse.setup.plan.Desired;
import dev.gatehouse.setup.plan.Part;
import dev.gatehouse.setup.signin.AdminSignIn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Fills the templates beside this class. A template has sections between lines that hold {@code [part]} and
 * {@code [end]} in a comment; sections of parts that are not wanted are left out. Values stand in <code>{{…}}</code>.
 * Values come from checked types, quotes in texts are refused, so that nothing can leave its place.
 */
public final class Script {

    private static final Pattern BEGIN = Pattern.compile("\\s*# \\[([a-z_|]+)]\\s*");
    private static final Pattern END = Pattern.compile("\\s*# \\[end]\\s*");

    private static final Set<Part> OF_THE_SERVICE_PRINCIPAL =
            EnumSet.of(Part.CONSENT, Part.DELEGATED_CONSENT, Part.OWNER);
    private static final Set<Part> OF_THE_APPLICATION =
            EnumSet.complementOf(EnumSet.of(Part.GUEST, Part.ROLE, Part.PARTNER));

    private Script() {}

    /**
     * The script for these parts.
     *
     * @throws IllegalArgumentException when a text of the profile holds a character that a script cannot take safely
     */
    public static String of(Language language, Desired desired, Cloud cloud, Set<Part> parts) {
        var wanted = EnumSet.copyOf(parts);
        wanted.removeIf(part -> !SetupParts.of(part).isWanted(desired));
        var values = values(desired, cloud, wanted);
        var keys = keys(desired, wanted);
        var written = new StringBuilder();
        var isWanted = true;
        for (var line : template(language).lines().toList()) {
            var begin = BEGIN.matcher(line);
            if (END.matcher(line).matches()) {
                isWanted = true;
            } else if (begin.matches()) {
                isWanted = anyWanted(begin.group(1), keys);
            } else if (isWanted) {
                written.append(filled(line, values)).append('\n');
            }
        }
        // Of sections that were left out, only the empty lines between them are left.
        return written.toString().replaceAll("\n{3,}", "\n\n");
    }

    /** The sections that are wanted. What a part needs and no part makes is looked up, in a section of its own. */
    private static Set<String> keys(Desired desired, Set<Part> wanted) {
        var keys = wanted.stream().map(part -> key(part, desired)).collect(Collectors.toSet());
        if (wanted.contains(Part.ROLE) && !wanted.contains(Part.GUEST)) {
            keys.add("known_guest");
        }
        if (wanted.stream().anyMatch(OF_THE_APPLICATION::contains)) {
            var isMade = wanted.contains(Part.APPLICATION) && desired.adopted().isEmpty();
            keys.add(isMade ? "new_application" : "known_application");
        }
        if (wanted.stream().anyMatch(OF_THE_SERVICE_PRINCIPAL::contains) && !wanted.contains(Part.SERVICE_PRINCIPAL)) {
            keys.add("known_service_principal");
        }
        return keys;
    }

    private static String key(Part part, Desired desired) {
        return part == Part.SECRET && desired.profile().application().usesCertificate() ? "certificate" : part.key();
    }

    private static boolean anyWanted(String block, Set<String> keys) {
        return Arrays.stream(block.split("\\|", -1)).anyMatch(keys::contains);
    }

    private static String filled(String line, Map<String, String> values) {
        var filled = line;
        for (var value : values.entrySet()) {
            filled = filled.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return filled;
    }

    private static Map<String, String> values(Desired desired, Cloud cloud, Set<Part> parts) {
        var profile = desired.profile();
        var trust = profile.trust();
        var values = new LinkedHashMap<String, String>();
        values.put("provider", safe(profile.provider()));
        values.put("tenant", desired.tenant().toString());
        values.put("authority", cloud.authority().toString());
        values.put("graph", cloud.graph().toString());
        values.put("client", AdminSignIn.GRAPH_COMMAND_LINE_TOOLS.toString());
        values.put("guest", safe(desired.guestMail()));
        values.put("guest_name", safe(profile.guest().displayName()));
        values.put("lands_at", desired.guestLandsAt());
        values.put("role", profile.guest().role().templateId().toString());
        values.put("role_name", profile.guest().role().title());
        values.put("partner", profile.tenantId().toString());
        values.put("mfa", Boolean.toString(trust.multifactorAuthentication()));
        values.put("compliant", Boolean.toString(trust.compliantDevices()));
        values.put("hybrid", Boolean.toString(trust.hybridJoinedDevices()));
        values.put("redeem", Boolean.toString(trust.automaticRedemption()));
        values.put("application", safe(profile.application().displayName()));
        values.put("adopted", desired.adopted().map(Object::toString).orElse(""));
        values.put(
                "known_application",
                desired.adopted().map("client_id = \"%s\""::formatted).orElseGet(() -> "display_name = \"%s\""
                        .formatted(safe(profile.application().displayName()))));
        values.put("powershell_environment", named(cloud, "Global", "USGov", "USGovDoD"));
        values.put("azuread_environment", named(cloud, "global", "usgovernmentl4", "usgovernmentl5"));
        values.put("tag", Desired.TAG);
        values.put("providers_tag", desired.providersTag());
        values.put("secret", safe(profile.application().secretDescription()));
        values.put("hours", Long.toString(profile.application().secretLifetime().toHours()));
        values.put("days", Long.toString(profile.application().secretLifetime().toDays()));
        values.put(
                "permissions",
                profile.application().applicationPermissions().stream()
                        .map(Script::safe)
                        .collect(Collectors.joining(" ")));
        values.put(
                "permissions_quoted",
                profile.application().applicationPermissions().stream()
                        .map(name -> '"' + safe(name) + '"')
                        .collect(Collectors.joining(", ")));
        values.put("delegated", safe(String.join(" ", profile.application().delegatedPermissions())));
        values.put(
                "delegated_quoted",
                profile.application().delegatedPermissions().stream()
                        .map(name -> '"' + safe(name) + '"')
                        .collect(Collectors.joining(", ")));
        var scopes = new TreeSet<String>(Set.of("User.Read", "Directory.Read.All", "Policy.Read.All"));
        parts.forEach(part -> scopes.addAll(part.scopesFor(Action.CREATE)));
        values.put("scopes", String.join(" ", scopes));
        values.put(
                "scopes_full",
                scopes.stream().map(scope -> cloud.graph() + "/" + scope).collect(Collectors.joining(" ")));
        values.put(
                "scopes_quoted", scopes.stream().map(scope -> '"' + scope + '"').collect(Collectors.joining(", ")));
        return values;
    }

    /** What a tool calls that cloud. It knows none of one's own, and those sign in as the global one does. */
    private static String named(Cloud cloud, String global, String gccHigh, String dod) {
        if (cloud.equals(Cloud.GCC_HIGH)) {
            return gccHigh;
        }
        return cloud.equals(Cloud.DOD) ? dod : global;
    }

    /** Letters, digits and a few signs: what no language of ours reads as anything but text. */
    private static String safe(String text) {
        if (!text.matches("[\\p{L}\\p{N} @._()+-]*")) {
            throw new IllegalArgumentException(
                    "A script cannot hold the text '%s': only letters, digits, blanks and @._()+- are taken"
                            .formatted(text));
        }
        return text;
    }

    private static String template(Language language) {
        try (InputStream text = Script.class.getResourceAsStream(language.template())) {
            if (text == null) {
                throw new IllegalStateException(language.template() + " is missing from this build");
            }
            return new String(text.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
