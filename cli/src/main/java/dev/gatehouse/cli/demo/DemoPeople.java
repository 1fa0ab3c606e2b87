package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.http.DataDirectory;
import dev.gatehouse.cli.http.Resource;
import dev.gatehouse.cli.http.WorkbenchClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Somebody of each role who can sign in. The Workbench makes the passwords and tells each once; they are kept in {@code
 * people.json} in the demo's data directory, which only its user can read, so that the next start can say them again.
 */
final class DemoPeople {

    private static final String ACCOUNTS = "/api/v2/user_accounts";
    private static final String FILE = "people.json";

    /** The SOC Admin is not among them: a new Workbench has one. */
    private static final List<Person> PEOPLE = List.of(
            new Person("soc.analyst@gatehouse.local", "Sam Okafor", "soc_analyst", "SOC Analyst", ""),
            new Person("auditor@gatehouse.local", "Aude Lambert", "auditor", "Auditor", ""),
            new Person("admin@contoso.example", "Ada Byrne", "organization_admin", "Organization Admin", "CONTOSO"),
            new Person(
                    "analyst@contoso.example", "Ana Reis", "organization_analyst", "Organization Analyst", "CONTOSO"));

    private record Person(String email, String name, String role, String title, String organization) {

        Map<String, Object> account() {
            var attributes = new HashMap<String, Object>(Map.of("email", email, "display_name", name, "role", role));
            if (!organization.isEmpty()) {
                attributes.put("organization", organization);
            }
            return attributes;
        }

        String scope() {
            return organization.isEmpty() ? "all organizations" : organization;
        }
    }

    /**
     * How somebody signs in.
     *
     * @param title of the role
     * @param scope what they see
     */
    record SignIn(String title, String scope, String email, String password) {

        @Override
        public String toString() {
            return "SignIn[%s]".formatted(email);
        }
    }

    private final WorkbenchClient client;
    private final DataDirectory directory;
    private final Path file;

    DemoPeople(WorkbenchClient client, DataDirectory directory) {
        this.client = client;
        this.directory = directory;
        this.file = directory.path().resolve(FILE);
    }

    /** Adds those who are missing, and tells how each signs in unless they changed their password meanwhile. */
    List<SignIn> signIns() throws IOException {
        var passwords = kept();
        var signIns = new ArrayList<SignIn>();
        signIns.add(firstAdministrator());
        for (var person : PEOPLE) {
            var known = passwords.get(person.email());
            var password = known == null ? password(person) : known;
            passwords.put(person.email(), password);
            keep(passwords);
            signIns.add(new SignIn(person.title(), person.scope(), person.email(), password));
        }
        return List.copyOf(signIns);
    }

    private SignIn firstAdministrator() {
        var lines = DataDirectory.textOf(directory.firstAdministratorFile()).stream()
                .flatMap(String::lines)
                .toList();
        return new SignIn(
                "SOC Admin",
                "all organizations",
                value(lines, "e-mail: ", "admin@gatehouse.local"),
                value(lines, "password: ", "(the one that you chose)"));
    }

    private static String value(List<String> lines, String label, String otherwise) {
        return lines.stream()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()))
                .findFirst()
                .orElse(otherwise);
    }

    /** The password of a new account, or another one of an account whose password was lost. */
    private String password(Person person) {
        var present = client.list("user_accounts", Map.of("filter[email]", person.email()), 1);
        var answer = present.isEmpty()
                ? client.post(ACCOUNTS, document(person.account()))
                : client.post(
                        "%s/%s/reset_password".formatted(ACCOUNTS, Resource.id(present.getFirst())),
                        document(Map.of()));
        return Resource.attribute(answer.dataOrFail(), "password");
    }

    private static JsonNode document(Map<String, Object> attributes) {
        return WorkbenchClient.JSON.valueToTree(
                Map.of("data", Map.of("type", "user_accounts", "attributes", attributes)));
    }

    private Map<String, String> kept() {
        var passwords = new TreeMap<String, String>();
        DataDirectory.textOf(file).ifPresent(text -> {
            try {
                WorkbenchClient.JSON
                        .readTree(text)
                        .forEachEntry((email, password) -> passwords.put(email, password.asString("")));
            } catch (JacksonException e) {
                // Somebody edited it. The passwords are made anew.
                passwords.clear();
            }
        });
        return passwords;
    }

    private void keep(Map<String, String> passwords) throws IOException {
        var fresh = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                fresh, WorkbenchClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(passwords));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
