package dev.gatehouse.simulator.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.simulator.http.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class FilterTest {

    private final ObjectNode alert = Json.object()
            .put("severity", "high")
            .put("status", "new")
            .put("assignedTo", "o'brien@contoso.com")
            .put("serviceSource", "microsoftDefenderForIdentity")
            .put("lastUpdateDateTime", "2026-11-23T12:00:00.1234567Z")
            .put("createdDateTime", "2026-11-23T11:00:00Z");

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "severity eq 'high' | true",
                "severity eq 'HIGH' | true",
                "severity ne 'high' | false",
                "severity in ('low', 'high') | true",
                "severity in ('low') | false",
                "serviceSource eq 'microsoftSentinel' | false",
                "assignedTo eq 'o''brien@contoso.com' | true",
                "assignedTo eq null | false",
                "assignedTo ne null | true",
                "classification eq null | true",
                "lastUpdateDateTime ge 2026-11-23T12:00:00.1234567Z | true",
                "lastUpdateDateTime gt 2026-11-23T12:00:00.1234567Z | false",
                "lastUpdateDateTime lt 2026-11-23T12:00:00.1234568Z | true",
                "lastUpdateDateTime le 2026-11-23T12:00:00.1234567Z | true",
                "lastUpdateDateTime eq 2026-11-23T13:00:00.1234567+01:00 | true",
                "lastUpdateDateTime ge 2026-11-23T12:00:00Z and lastUpdateDateTime lt 2026-11-23T13:00:00Z | true",
                "severity eq 'low' or severity eq 'high' and status eq 'resolved' | false",
                "(severity eq 'low' or severity eq 'high') and status eq 'new' | true",
                "not severity eq 'low' | true",
                "not (severity eq 'high' or status eq 'new') | false",
                "not severity eq 'low' and status eq 'new' | true",
            })
    void decides(String filter, boolean expected) throws Refused {
        assertThat(Filter.parse(filter, ListDefinition.ALERTS).test(alert)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "title eq 'x' | Invalid filter clause: The property 'title' cannot be used in the $filter query option.",
                "nonsense eq 'x' | Invalid filter clause: Could not find a property named 'nonsense' on type 'microsoft.graph.security.alert'.",
                "severity eq 'catastrophic' | Invalid filter clause: The string 'catastrophic' is not a valid enumeration type constant.",
                "severity gt 'low' | Invalid filter clause: A binary operator with incompatible types was detected. Found operand type 'microsoft.graph.security.alertSeverity' for operator 'gt'.",
                "severity eq high | Invalid filter clause: A binary operator with incompatible types was detected. Found operand type 'microsoft.graph.security.alertSeverity' for operator 'eq'.",
                "lastUpdateDateTime ge '2026-11-23T12:00:00Z' | Invalid filter clause: A binary operator with incompatible types was detected. Found operand type 'Edm.DateTimeOffset' for operator 'ge'.",
                "lastUpdateDateTime ge yesterday | Invalid filter clause: The literal 'yesterday' is not a valid Edm.DateTimeOffset.",
                "severity eq 'high' and | Invalid filter clause: Expression expected at the end of the clause.",
                "severity like 'high' | Invalid filter clause: Syntax error: operator expected after 'severity', found 'like'.",
                "(severity eq 'high' | Invalid filter clause: ')' or operator expected.",
                "severity eq 'high' severity eq 'low' | Invalid filter clause: Syntax error at 'severity' in 'severity eq 'high' severity eq 'low''.",
                "severity eq 'high | Invalid filter clause: There is an unterminated string literal at position 11 in 'severity eq 'high'.",
                "contains(title, 'x') | Invalid filter clause: Could not find a property named 'contains' on type 'microsoft.graph.security.alert'.",
            })
    void refuses(String filter, String message) {
        assertThatThrownBy(() -> Filter.parse(filter, ListDefinition.ALERTS)).hasMessage(message);
    }

    @Test
    void incidentsHaveNoServiceSource() {
        assertThatThrownBy(
                        () -> Filter.parse("serviceSource eq 'microsoftDefenderForIdentity'", ListDefinition.INCIDENTS))
                .hasMessageContaining("Could not find a property named 'serviceSource'");
    }
}
