package dev.gatehouse.kql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller is told when a query cannot be answered. */
class KqlExceptionTest {

    private static final Answers ANSWERS = Answers.over(new Table(
            "IdentityInfo",
            List.of(
                    new Table.Column("AccountName", Table.Type.STRING),
                    new Table.Column("CriticalityLevel", Table.Type.INT),
                    new Table.Column("Tags", Table.Type.DYNAMIC)),
            List.of()));

    private static KqlException troubleWith(String query) {
        return catchThrowableOfType(KqlException.class, () -> ANSWERS.to(query));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            IdentityInfo | project x => 'project' operator: Failed to resolve scalar expression named 'x'
            IdentityInfo | where x == 1 => 'where' operator: Failed to resolve scalar expression named 'x'
            IdentityInfo | where accountname == "a" => 'where' operator: Failed to resolve scalar expression named 'accountname'
            IdentityInfo | sort by x => 'sort' operator: Failed to resolve scalar expression named 'x'
            IdentityInfo | summarize count() by x => 'summarize' operator: Failed to resolve scalar expression named 'x'
            IdentityInfo | project-away x => 'project-away' operator: Failed to resolve scalar expression named 'x'
            IdentityInfo | join (IdentityInfo) on x => 'join' operator: Failed to resolve scalar expression named 'x'
            IdentityInfo | join (IdentityInfo | where y == 1) on AccountName => 'where' operator: Failed to resolve scalar expression named 'y'
            EmailEvents | take 1 => 'take' operator: Failed to resolve table or column expression named 'EmailEvents'. Fix semantic errors in your query.
            EmailEvents => Failed to resolve table or column expression named 'EmailEvents'. Fix semantic errors in your query.
            let Mails = EmailEvents | where a == 1; Mails | count => 'where' operator: Failed to resolve table or column expression named 'EmailEvents'. Fix semantic errors in your query.
            union IdentityInfo, EmailEvents => 'union' operator: Failed to resolve table or column expression named 'EmailEvents'. Fix semantic errors in your query.
            IdentityInfo | join EmailEvents on AccountName => 'join' operator: Failed to resolve table or column expression named 'EmailEvents'. Fix semantic errors in your query.
            IdentityInfo | where CriticalityLevel == "high" => 'where' operator: Cannot compare values of types int and string. Try adding explicit casts
            IdentityInfo | where AccountName => 'where' operator: A condition must be true or false, but this one is of type string
            IdentityInfo | extend a = AccountName + 1 => 'extend' operator: The operator '+' is not defined for the operand types string and long.
            IdentityInfo | extend a = ago("1h") => 'extend' operator: ago(): argument #1 of type string is not what the function takes
            IdentityInfo | extend a = strlen() => 'extend' operator: The function 'strlen' expects 1 argument, but got 0.
            IdentityInfo | where count() > 1 => 'where' operator: The aggregate function 'count' can only be used in summarize.
            IdentityInfo | where AccountName.x == 1 => 'where' operator: 'x' cannot be taken out of a value of type string; parse_json() makes it dynamic
            IdentityInfo | join kind=sideways IdentityInfo on AccountName => 'join' operator: kind=sideways is not known. Known are: innerunique, inner, leftouter, rightouter, fullouter, leftanti, rightanti, leftsemi, rightsemi.
            IdentityInfo | order by Tags => 'order' operator: Sort key can't be of dynamic type; use an explicit cast such as tostring()
            """)
    void namesWhatDoesNotFit(String query, String message) {
        assertThat(troubleWith(query))
                .hasMessage(message)
                .extracting(KqlException::kind)
                .isEqualTo(KqlException.Kind.SEMANTIC);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            IdentityInfo | where => [line:position=1:21]: Expected a value, but found the end of the query
            IdentityInfo | where AccountName = "a" => [line:position=1:34]: Expected the end of the query, but found '='
            IdentityInfo | take 1 2 => [line:position=1:23]: Expected the end of the query, but found 2
            IdentityInfo | where AccountName == "a => [line:position=1:37]: The text that starts here has no closing "
            IdentityInfo | where (AccountName == "a" => [line:position=1:41]: Expected ')', but found the end of the query
            IdentityInfo | | count => [line:position=1:16]: Expected an operator, but found '|'
            IdentityInfo ? => [line:position=1:14]: Unexpected '?'
            IdentityInfo | where a == 5parsecs => [line:position=1:27]: Unexpected '5parsecs'
            print datetime(yesterday) => [line:position=1:7]: 'yesterday' is not a datetime
            let x = 1; => [line:position=1:11]: A query has to follow
            print 1; print 2 => [line:position=1:10]: Only one query at a time is supported, and it must be the last statement
            """)
    void saysWhereTheTextStopsBeingAQuery(String query, String detail) {
        assertThat(troubleWith(query))
                .hasMessage("A recognition error occurred. " + detail)
                .extracting(KqlException::kind)
                .isEqualTo(KqlException.Kind.SYNTAX);
    }

    @Test
    void countsLines() {
        assertThat(troubleWith("IdentityInfo\n| where\n| count"))
                .hasMessage("A recognition error occurred. [line:position=3:1]: Expected a value, but found '|'");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            IdentityInfo | make-series count() on Timestamp => The operator 'make-series' is not supported by this simulator. Supported are: where,
            IdentityInfo | evaluate bag_unpack(Tags) => The operator 'evaluate' is not supported by this simulator. Supported are: where,
            IdentityInfo | top-nested 3 of AccountName => The operator 'top-nested' is not supported by this simulator. Supported are: where,
            externaldata (a:string) ["https://x"] => The operator 'externaldata' is not supported by this simulator. Supported are: where,
            IdentityInfo | extend a = geo_distance_2points(1, 2, 3, 4) => 'extend' operator: The scalar function 'geo_distance_2points' is not supported by this simulator. Supported are: abs,
            IdentityInfo | summarize hll(AccountName) => 'summarize' operator: The aggregate function 'hll' is not supported by this simulator. Supported are: any,
            union Identity* => 'union' operator: Tables named by a pattern with * are not supported by this simulator.
            """)
    void namesWhatIsNotSupportedAndWhatIs(String query, String start) {
        assertThat(troubleWith(query))
                .hasMessageStartingWith(start)
                .extracting(KqlException::kind)
                .isEqualTo(KqlException.Kind.SEMANTIC);
    }
}
