package dev.gatehouse.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorldTest {

    @Test
    void hasDifferentNamesForHundredsOfCompanies() {
        assertThat(World.companyNames(500))
                .startsWith("Contoso", "Fabrikam", "Northwind Traders")
                .contains("Contoso 2", "Fabrikam 9")
                .doesNotHaveDuplicates()
                .hasSize(500);
    }
}
