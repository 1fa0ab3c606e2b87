package dev.gatehouse.workbench.records;

import static dev.gatehouse.workbench.records.Difference.added;
import static dev.gatehouse.workbench.records.Difference.changed;
import static dev.gatehouse.workbench.records.Difference.removed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.Original;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferencesTest {

    @Test
    void findsNothingBetweenEqualRecordsInAnyOrderOfMembers() {
        assertThat(between("{'a': 1, 'b': [1, 2]}", "{'b': [1, 2], 'a': 1}")).isEmpty();
    }

    @Test
    void tellsWhatChangedFromWhatToWhat() {
        assertThat(between("{'status': 'new'}", "{'status': 'inProgress'}"))
                .containsExactly(changed("status", "new", "inProgress"));
    }

    @Test
    void takesNullAndAnEmptyListAndNothingForTheSame() {
        assertThat(between("{'assignedTo': null, 'comments': []}", "{}")).isEmpty();
    }

    @Test
    void tellsWhatWasAddedAndWhatWasRemoved() {
        assertThat(between("{'assignedTo': null, 'incidentId': '7'}", "{'assignedTo': 'eva@contoso.com'}"))
                .containsExactly(added("assignedTo", "eva@contoso.com"), removed("incidentId", "7"));
    }

    @Test
    void followsAPieceOfEvidenceToItsNewPlace() {
        var before = """
                {'evidence': [
                  {'@odata.type': '#microsoft.graph.security.userEvidence', 'verdict': 'unknown',
                   'userAccount': {'accountName': 'jdoe', 'userSid': 'S-1-5-21-1'}},
                  {'@odata.type': '#microsoft.graph.security.ipEvidence', 'ipAddress': '10.0.0.7'}]}
                """;
        var after = """
                {'evidence': [
                  {'@odata.type': '#microsoft.graph.security.deviceEvidence', 'deviceDnsName': 'dc01.contoso.local'},
                  {'@odata.type': '#microsoft.graph.security.ipEvidence', 'ipAddress': '10.0.0.7'},
                  {'@odata.type': '#microsoft.graph.security.userEvidence', 'verdict': 'malicious',
                   'userAccount': {'accountName': 'jdoe', 'userSid': 'S-1-5-21-1'}}]}
                """;

        assertThat(between(before, after))
                .containsExactly(
                        added("evidence", "deviceEvidence dc01.contoso.local"),
                        changed("evidence › userEvidence jdoe › verdict", "unknown", "malicious"));
    }

    @Test
    void keepsTwoPiecesOfEvidenceApartThatAreAlike() {
        assertThat(between("{'tags': ['a', 'a']}", "{'tags': ['a']}")).containsExactly(removed("tags", "a"));
    }

    @Test
    void survivesATextThatIsNotJson() {
        assertThat(between("<html>", "{'status': 'new'}")).containsExactly(added("status", "new"));
    }

    private static List<Difference> between(String before, String after) {
        return Differences.between(original(before), original(after));
    }

    private static Original original(String json) {
        return Original.of(json.replace('\'', '"'));
    }
}
