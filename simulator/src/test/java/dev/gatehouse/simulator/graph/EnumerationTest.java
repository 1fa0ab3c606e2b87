package dev.gatehouse.simulator.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.simulator.csdl.Csdl;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnumerationTest {

    private final Csdl csdl = Csdl.ofGraph();

    @ParameterizedTest
    @EnumSource(Enumeration.class)
    void hasTheMembersOfTheMetadata(Enumeration enumeration) {
        assertThat(Set.copyOf(enumeration.members()))
                .isEqualTo(csdl.members("microsoft.graph.security." + enumeration.typeName()));
    }

    @ParameterizedTest
    @EnumSource(ListDefinition.class)
    void knowsEveryPropertyOfTheMetadataAndNoOther(ListDefinition definition) {
        var known = new HashSet<>(csdl.properties(definition.typeName()));
        assertThat(known).isNotEmpty().allMatch(definition::has);
        assertThat(definition.has("inventedProperty")).isFalse();
    }

    @Test
    void tellsNewMembersFromOldOnes() {
        assertThat(Enumeration.INCIDENT_STATUS.isNew("awaitingAction")).isTrue();
        assertThat(Enumeration.INCIDENT_STATUS.isNew("redirected")).isFalse();
        assertThat(Enumeration.INCIDENT_STATUS.isNew("unknownFutureValue")).isFalse();
        assertThat(Enumeration.INCIDENT_STATUS.isNew("invented")).isFalse();
    }
}
