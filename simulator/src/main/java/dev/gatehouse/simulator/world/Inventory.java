package dev.gatehouse.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Every account of the directory, written down once a week in IdentityInfo. */
final class Inventory implements EventSeries {

    private static final Duration WEEK = Duration.ofDays(7);

    private final Organization organization;
    private final SeededRandom random;
    private Instant next;

    Inventory(Organization organization, SeededRandom random, Instant begin) {
        this.organization = organization;
        this.random = random;
        this.next = begin;
    }

    @Override
    public Optional<Instant> nextBegins() {
        return Optional.of(next);
    }

    @Override
    public List<PortalChange> play() {
        var moments = new ArrayList<PortalChange>();
        var at = next;
        for (var account : organization.accounts()) {
            at = at.plus(random.between(Duration.ofMillis(20), Duration.ofMillis(300)));
            var row = row(account, at);
            moments.add(new PortalChange(at, portal -> portal.log(Tables.ACCOUNTS, row)));
        }
        next = next.plus(WEEK);
        return moments;
    }

    private Map<String, @Nullable Object> row(Account account, Instant at) {
        var row = new HashMap<String, @Nullable Object>();
        row.put("Timestamp", at);
        row.put("ReportId", random.guid());
        put(row, "AccountObjectId", account.entraId());
        row.put("AccountUpn", account.userPrincipalName());
        row.put("OnPremSid", account.sid());
        row.put("OnPremObjectId", account.objectGuid());
        row.put("AccountDisplayName", account.displayName());
        row.put("AccountName", account.name());
        row.put("AccountDomain", account.domain().dnsName());
        row.put("Type", account.isPerson() ? "User" : "ServiceAccount");
        row.put("DistinguishedName", account.distinguishedName());
        row.put("GivenName", account.givenName());
        put(row, "Surname", account.surname().isEmpty() ? null : account.surname());
        row.put("Department", account.department());
        row.put("JobTitle", account.jobTitle());
        put(row, "EmailAddress", account.isPerson() ? account.userPrincipalName() : null);
        row.put("CompanyName", account.domain().company());
        row.put("IsAccountEnabled", account.kind() != Account.Kind.TICKET_GRANTING);
        row.put("ChangeSource", "ActiveDirectory");
        row.put("SourceSystem", "ActiveDirectory");
        row.put("TenantId", account.domain().tenantId());
        row.put("IdentityEnvironment", account.entraId() == null ? "On-premises" : "Hybrid");
        row.put("SourceProviders", array(List.of("ActiveDirectory")));
        row.put("GroupMembership", array(account.groups()));
        row.put("Tags", array(tags(account)));
        row.put("CriticalityLevel", account.groups().contains("Domain Admins") ? 0L : 3L);
        return Map.copyOf(row);
    }

    private static List<String> tags(Account account) {
        return switch (account.kind()) {
            case HONEYTOKEN -> List.of("Honeytoken");
            case ADMINISTRATOR, SYNCHRONISATION, TICKET_GRANTING -> List.of("Sensitive");
            case EMPLOYEE, SERVICE -> List.of();
        };
    }

    private static void put(Map<String, @Nullable Object> row, String column, @Nullable String value) {
        if (value != null) {
            row.put(column, value);
        }
    }

    private static ArrayNode array(List<String> values) {
        var array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }
}
