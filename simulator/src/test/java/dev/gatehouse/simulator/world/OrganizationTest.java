package dev.gatehouse.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.simulator.world.Account.Kind;
import dev.gatehouse.simulator.world.Machine.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrganizationTest {

    private static final String DIRECTORY = "11111111-2222-4333-8444-555555555555";

    @Test
    void isTheSameForTheSameSeed() {
        var first = Organization.of("Contoso", 3, null);
        var second = Organization.of("Contoso", 3, null);

        assertThat(second.domain()).isEqualTo(first.domain());
        assertThat(second.accounts()).isEqualTo(first.accounts());
        assertThat(second.machines()).isEqualTo(first.machines());
        assertThat(second.groups()).isEqualTo(first.groups());
    }

    @Test
    void isAnotherForAnotherSeedOrCompany() {
        var contoso = Organization.of("Contoso", 3, null);

        assertThat(Organization.of("Contoso", 4, null).accounts()).doesNotContainAnyElementsOf(contoso.accounts());
        assertThat(Organization.of("Fabrikam", 3, null).domain().sid())
                .isNotEqualTo(contoso.domain().sid());
    }

    @Test
    void isTheSameWhicheverTheDirectory() {
        assertThat(Organization.of("Contoso", 3, DIRECTORY).machines().stream().map(Machine::objectGuid))
                .containsExactlyElementsOf(Organization.of("Contoso", 3, null).machines().stream()
                        .map(Machine::objectGuid)
                        .toList());
        assertThat(Organization.of("Contoso", 3, DIRECTORY).domain().tenantId()).isEqualTo(DIRECTORY);
    }

    @Test
    void namesTheDomainAfterTheCompany() {
        var domain = Organization.of("Margie's Travel 2", 3, null).domain();

        assertThat(domain.dnsName()).isEqualTo("corp.margiestravel2.com");
        assertThat(domain.netbiosName()).isEqualTo("MARGIESTRAVEL2");
        assertThat(Organization.of("Northwind Traders", 3, null).domain().netbiosName())
                .isEqualTo("NORTHWINDTRADER");
        assertThat(domain.distinguishedName()).isEqualTo("DC=corp,DC=margiestravel2,DC=com");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void hasAllThatAnAttackNeeds(long seed) {
        var organization = Organization.of("Contoso", seed, null);

        assertThat(organization.machines(Role.DOMAIN_CONTROLLER)).hasSizeBetween(2, 3);
        assertThat(organization.accounts(Kind.EMPLOYEE)).hasSizeGreaterThan(40);
        assertThat(organization.accounts(Kind.SERVICE))
                .allSatisfy(
                        service -> assertThat(service.servicePrincipalNames()).isNotEmpty());
        assertThat(organization.accounts(Kind.HONEYTOKEN)).hasSize(1);
        assertThat(organization.accounts()).extracting(Account::name).doesNotHaveDuplicates();
        assertThat(organization.accounts()).extracting(Account::sid).doesNotHaveDuplicates();
        assertThat(organization.machines()).extracting(Machine::name).doesNotHaveDuplicates();
        assertThat(organization.machines()).extracting(Machine::ipAddress).doesNotHaveDuplicates();
        assertThat(organization.accounts())
                .allSatisfy(account -> assertThat(organization.machines()).contains(organization.workplaceOf(account)));
    }
}
