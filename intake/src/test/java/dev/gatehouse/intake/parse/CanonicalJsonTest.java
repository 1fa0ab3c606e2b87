package dev.gatehouse.intake.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Original;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"b\":1,\"a\":{\"d\":2,\"c\":3}} | {\"a\":{\"c\":3E0,\"d\":2E0},\"b\":1E0}",
                "{ \"a\" : [ true , false ,null ] } | {\"a\":[true,false,null]}",
                "{\"a\":[2,1]} | {\"a\":[2E0,1E0]}",
                "{\"a\":null,\"b\":\"x\"} | {\"b\":\"x\"}",
                "{\"a\":\"\\u00e9\\/\\n\\\"\"} | {\"a\":\"\\u00e9/\\u000a\\\"\"}",
                "{\"a\":\"é\"} | {\"a\":\"\\u00e9\"}",
                "{\"a\":1.50} | {\"a\":15E-1}",
                "{\"a\":100} | {\"a\":1E2}",
                "{\"a\":-0.0} | {\"a\":0E0}",
                "{\"a\":12345678901234567890} | {\"a\":1234567890123456789E1}",
                "{\"@odata.context\":\"x\",\"@odata.etag\":\"y\",\"@odata.type\":\"z\",\"a@odata.count\":1} | {}",
                "{\"e\":{\"@odata.type\":\"#u\",\"I@odata.type\":\"#Int64\"}} | {\"e\":{\"@odata.type\":\"#u\"}}",
            })
    void writesEqualContentInOneWay(String json, String canonical) {
        assertThat(canonical(json)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"1\"} | {\"a\":1}",
                "{\"a\":[1,2]} | {\"a\":[2,1]}",
                "{\"a\":\"x\"} | {\"a\":\"X\"}",
                "{\"a\":[]} | {}",
                "{\"a\":0.1} | {\"a\":0.10000000000000000001}",
                "{\"e\":[{\"@odata.type\":\"#a\"}]} | {\"e\":[{\"@odata.type\":\"#b\"}]}",
            })
    void tellsDifferentContentApart(String one, String other) {
        assertThat(canonical(one)).isNotEqualTo(canonical(other));
    }

    @Test
    void doesNotUnfoldNumbersWithHugeExponents() {
        assertThat(canonical("{\"a\":1e999999999}")).isEqualTo("{\"a\":1E999999999}");
    }

    @Test
    void theVersionOfARecordIsTheHashOfItsContentAndNotOfItsForm() {
        var one = Parse.alertWith("\"title\":\"t\",\"severity\":\"high\"");
        var same = Parse.alertWith("\"severity\" : \"high\" , \"assignedTo\":null, \"title\":\"\\u0074\"");
        var other = Parse.alertWith("\"title\":\"t\",\"severity\":\"low\"");

        assertThat(one.version()).isEqualTo(same.version()).isNotEqualTo(other.version());
    }

    private static String canonical(String json) {
        return new String(CanonicalJson.of(Json.read(Original.of(json))), StandardCharsets.US_ASCII);
    }
}
