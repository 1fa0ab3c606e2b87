package dev.gatehouse.simulator.world;

import dev.gatehouse.simulator.world.Account.Kind;
import dev.gatehouse.simulator.world.Machine.OperatingSystem;
import dev.gatehouse.simulator.world.Machine.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One company's Active Directory: who works there, on which machine, and what an attacker would be after. The same
 * company name and seed give the same organization, down to the last GUID.
 *
 * <p>Networks: {@code 10.x.1.0/24} domain controllers, {@code 10.x.10.0/24} servers, {@code 10.x.20.0/24} and up
 * workstations, one subnet for each department.
 */
final class Organization {

    private static final List<String> GIVEN_NAMES = List.of(
            "Adele",
            "Alex",
            "Allan",
            "Amara",
            "Bianca",
            "Carlos",
            "Chidi",
            "Christie",
            "Debra",
            "Diego",
            "Emily",
            "Enrico",
            "Eugene",
            "Fatima",
            "Freja",
            "Grady",
            "Hanna",
            "Henrietta",
            "Ines",
            "Irvin",
            "Isaiah",
            "Johanna",
            "Jonas",
            "Joni",
            "Kai",
            "Lamon",
            "Lanell",
            "Lee",
            "Lidia",
            "Lynne",
            "Malik",
            "Megan",
            "Mei",
            "Miriam",
            "Nadia",
            "Nestor",
            "Noor",
            "Olga",
            "Patti",
            "Pradeep",
            "Priya",
            "Raul",
            "Renzo",
            "Rosa",
            "Sakura",
            "Samira",
            "Sven",
            "Tamsin",
            "Tomas",
            "Wofford",
            "Yuki",
            "Zoltan");

    private static final List<String> SURNAMES = List.of(
            "Alvarez",
            "Andersen",
            "Berger",
            "Bowen",
            "Campos",
            "Cline",
            "Deyoung",
            "Eriksson",
            "Fosdyke",
            "Fuentes",
            "Gerhart",
            "Greene",
            "Gupta",
            "Hofmann",
            "Holloway",
            "Ibrahim",
            "Iwasaki",
            "Jenkins",
            "Johansson",
            "Kovacs",
            "Langer",
            "Maldonado",
            "Mbeki",
            "Moreau",
            "Nakamura",
            "Novak",
            "Okafor",
            "Osei",
            "Petrov",
            "Quinn",
            "Rahman",
            "Rossi",
            "Schmidt",
            "Silva",
            "Sorensen",
            "Thurston",
            "Ueda",
            "Vance",
            "Wang",
            "Wilber",
            "Yilmaz",
            "Zimmerman");

    private static final Map<String, List<String>> JOBS_BY_DEPARTMENT = jobs();

    private final Domain domain;
    private final List<Account> accounts;
    private final List<Machine> machines;
    private final List<Group> groups;
    private final Map<Account, Machine> workplaces;

    private Organization(
            Domain domain,
            List<Account> accounts,
            List<Machine> machines,
            List<Group> groups,
            Map<Account, Machine> workplaces) {
        this.domain = domain;
        this.accounts = List.copyOf(accounts);
        this.machines = List.copyOf(machines);
        this.groups = List.copyOf(groups);
        this.workplaces = Map.copyOf(workplaces);
    }

    /** The tenant id is the seed's choice when it is null; nothing else depends on it. */
    static Organization of(String company, long seed, @Nullable String tenantId) {
        return new Builder(company, tenantId, SeededRandom.of(seed, "estate of " + company)).build();
    }

    Domain domain() {
        return domain;
    }

    List<Account> accounts() {
        return accounts;
    }

    List<Account> accounts(Kind kind) {
        return accounts.stream().filter(account -> account.kind() == kind).toList();
    }

    List<Machine> machines() {
        return machines;
    }

    List<Machine> machines(Role role) {
        return machines.stream().filter(machine -> machine.role() == role).toList();
    }

    List<Group> groups() {
        return groups;
    }

    Group group(String name) {
        return groups.stream()
                .filter(group -> group.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no group " + name));
    }

    /** Where the account usually signs in: a person's workstation, a service's server. */
    Machine workplaceOf(Account account) {
        return Objects.requireNonNull(workplaces.get(account), account::name);
    }

    private static Map<String, List<String>> jobs() {
        var jobs = new LinkedHashMap<String, List<String>>();
        jobs.put("Engineering", List.of("Software Engineer", "Test Engineer", "Engineering Lead"));
        jobs.put("Finance", List.of("Accountant", "Controller", "Payroll Specialist"));
        jobs.put("Human Resources", List.of("Recruiter", "HR Business Partner"));
        jobs.put("Marketing", List.of("Campaign Manager", "Copywriter", "Web Analyst"));
        jobs.put("Sales", List.of("Account Executive", "Sales Engineer", "Regional Director"));
        jobs.put("Operations", List.of("Logistics Planner", "Plant Manager", "Buyer"));
        return jobs;
    }

    /** Hires the people and sets up the machines, in an order that never changes. */
    private static final class Builder {

        private static final int PEOPLE_PER_DEPARTMENT = 7;

        private final SeededRandom random;
        private final Domain domain;
        private final int site;
        private final List<Account> accounts = new ArrayList<>();
        private final List<Machine> machines = new ArrayList<>();
        private final List<Group> groups = new ArrayList<>();
        private final Map<Account, Machine> workplaces = new HashMap<>();
        private final Map<String, Integer> hostsInSubnet = new HashMap<>();
        private long nextRelativeId = 1103;

        Builder(String company, @Nullable String tenantId, SeededRandom random) {
            this.random = random;
            this.site = random.between(10, 240);
            var label = company.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
            var netbios = label.toUpperCase(Locale.ROOT);
            this.domain = new Domain(
                    company,
                    label + ".com",
                    "corp." + label + ".com",
                    netbios.substring(0, Math.min(15, netbios.length())),
                    "S-1-5-21-%d-%d-%d"
                            .formatted(
                                    random.between(1_000_000_000, 2_000_000_000),
                                    random.between(1_000_000_000, 2_000_000_000),
                                    random.between(1_000_000_000, 2_000_000_000)),
                    tenantId == null ? random.forPurpose("tenant id").guid() : tenantId);
        }

        Organization build() {
            foundGroups();
            installServers();
            hirePeople();
            createServiceAccounts();
            layBait();
            return new Organization(domain, accounts, machines, groups, workplaces);
        }

        private void foundGroups() {
            group("Domain Admins", "Designated administrators of the domain", 512);
            group("Enterprise Admins", "Designated administrators of the enterprise", 519);
            group("Schema Admins", "Designated administrators of the schema", 518);
            group("Group Policy Creator Owners", "Members can modify group policy for the domain", 520);
            group("DnsAdmins", "DNS Administrators Group", 1101);
            group("Tier 0 Operators", "Members run domain controllers", 1102);
        }

        private void installServers() {
            var controllers = random.between(2, 3);
            for (var i = 1; i <= controllers; i++) {
                machine(Role.DOMAIN_CONTROLLER, "DC%02d".formatted(i), 1, OperatingSystem.SERVER_2022);
            }
            machine(Role.CERTIFICATE_AUTHORITY, "CA01", 10, OperatingSystem.SERVER_2019);
            machine(Role.SYNCHRONISATION_SERVER, "SYNC01", 10, OperatingSystem.SERVER_2022);
            for (var name : List.of("FILE01", "SQL01", "SQL02", "WEB01", "APP01", "BACKUP01")) {
                machine(
                        Role.MEMBER_SERVER,
                        name,
                        10,
                        random.pick(List.of(OperatingSystem.SERVER_2019, OperatingSystem.SERVER_2022)));
            }
        }

        private void hirePeople() {
            var subnet = 20;
            for (var department : JOBS_BY_DEPARTMENT.entrySet()) {
                for (var i = 0; i < PEOPLE_PER_DEPARTMENT; i++) {
                    var person =
                            person(Kind.EMPLOYEE, department.getKey(), random.pick(department.getValue()), List.of());
                    workplaces.put(person, workstation(subnet));
                }
                subnet++;
            }
            for (var job : List.of("Domain Administrator", "Server Administrator", "Identity Administrator")) {
                var administrator = person(Kind.ADMINISTRATOR, "IT", job, List.of("Domain Admins", "Tier 0 Operators"));
                workplaces.put(administrator, workstation(subnet));
            }
            for (var i = 0; i < 4; i++) {
                var helper = person(Kind.EMPLOYEE, "IT", "Support Specialist", List.of("Helpdesk"));
                workplaces.put(helper, workstation(subnet));
            }
        }

        private void createServiceAccounts() {
            service(Kind.SERVICE, "svc-sql", "SQL Server", "SQL01", "MSSQLSvc/%s:1433", List.of());
            service(Kind.SERVICE, "svc-report", "Reporting Services", "SQL02", "HTTP/%s", List.of());
            service(Kind.SERVICE, "svc-web", "Intranet", "WEB01", "HTTP/%s", List.of());
            service(Kind.SERVICE, "svc-backup", "Backup", "BACKUP01", "backup/%s", List.of("Tier 0 Operators"));
            service(Kind.SYNCHRONISATION, "sync-connect", "Entra Connect", "SYNC01", null, List.of());
            service(Kind.TICKET_GRANTING, "krbtgt", "Key Distribution Center", "DC01", null, List.of());
        }

        private void layBait() {
            service(Kind.HONEYTOKEN, "svc-vaultadmin", "Vault", "FILE01", null, List.of("Domain Admins"));
        }

        private void group(String name, String description, long relativeId) {
            groups.add(new Group(domain, name, description, relativeId, random.guid()));
        }

        private Account person(Kind kind, String department, String job, List<String> memberOf) {
            var givenName = random.pick(GIVEN_NAMES);
            var surname = random.pick(SURNAMES);
            var memberships = new ArrayList<>(memberOf);
            memberships.add(department);
            return account(
                    kind, freeName(givenName, surname), givenName, surname, department, job, List.of(), memberships);
        }

        /** {@code ejenkins}; the second of that name is {@code ejenkins2}. */
        private String freeName(String givenName, String surname) {
            var wanted = (givenName.charAt(0) + surname).toLowerCase(Locale.ROOT);
            var name = wanted;
            for (var i = 2; isTaken(name); i++) {
                name = wanted + i;
            }
            return name;
        }

        private boolean isTaken(String name) {
            return accounts.stream().anyMatch(account -> account.name().equals(name));
        }

        private void service(
                Kind kind, String name, String purpose, String host, @Nullable String spn, List<String> memberOf) {
            var machine = machines.stream()
                    .filter(candidate -> candidate.name().equals(host))
                    .findFirst()
                    .orElseThrow();
            var spns = spn == null ? List.<String>of() : List.of(spn.formatted(machine.dnsName()));
            workplaces.put(account(kind, name, name, "", "IT", purpose + " service account", spns, memberOf), machine);
        }

        private Account account(
                Kind kind,
                String name,
                String givenName,
                String surname,
                String department,
                String job,
                List<String> spns,
                List<String> memberOf) {
            var relativeId = kind == Kind.TICKET_GRANTING ? 502 : nextRelativeId++;
            var objectGuid = random.guid();
            var inTheCloud = kind != Kind.TICKET_GRANTING && kind != Kind.HONEYTOKEN && kind != Kind.SERVICE;
            var account = new Account(
                    domain,
                    kind,
                    name,
                    givenName,
                    surname,
                    department,
                    job,
                    relativeId,
                    objectGuid,
                    inTheCloud ? random.guid() : null,
                    spns,
                    memberOf);
            accounts.add(account);
            return account;
        }

        private Machine workstation(int subnet) {
            var number = machines.size() * 7 + 103;
            return machine(
                    Role.WORKSTATION,
                    "WKS-%04d".formatted(number),
                    subnet,
                    random.pick(List.of(
                            OperatingSystem.WINDOWS_10, OperatingSystem.WINDOWS_11, OperatingSystem.WINDOWS_11)));
        }

        private Machine machine(Role role, String name, int subnet, OperatingSystem system) {
            var host = hostsInSubnet.merge("10.%d.%d".formatted(site, subnet), 1, Integer::sum) + 10;
            var machine = new Machine(
                    domain,
                    role,
                    name,
                    "10.%d.%d.%d".formatted(site, subnet, host),
                    system,
                    nextRelativeId++,
                    random.guid(),
                    random.guid(),
                    random.hex(40),
                    Instant.parse("2024-01-08T07:00:00Z").plus(random.between(Duration.ZERO, Duration.ofDays(300))));
            machines.add(machine);
            return machine;
        }
    }
}
